from . import order_sheet_row_mixin  # isort: skip
from . import (
    order_accessory,
    order_configuration_row,
    order_entry_rule,
    order_sample,
    order_type,
    product_template,
    sale_order_sheets,
)
