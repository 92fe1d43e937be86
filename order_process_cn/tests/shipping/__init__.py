from . import test_shipping_emergency, test_shipping_gate, test_shipping_release
