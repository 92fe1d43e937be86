from . import (
    test_delivery_notes,
    test_delivery_receipts,
    test_dispatch_notes,
    test_shipping_notice,
)
