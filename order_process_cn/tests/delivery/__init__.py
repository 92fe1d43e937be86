from . import test_delivery_notes, test_delivery_receipts, test_shipping_notice
