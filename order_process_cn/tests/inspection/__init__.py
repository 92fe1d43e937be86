from . import (
    test_concession,
    test_made_goods,
    test_outgoing,
    test_receipt_gate,
    test_receipt_notice,
)
