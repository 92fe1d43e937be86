from . import order_procedure  # isort: skip
