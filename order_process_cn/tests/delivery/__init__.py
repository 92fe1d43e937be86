from . import test_delivery_notes
