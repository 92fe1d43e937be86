from . import order_given_mixin  # isort: skip
