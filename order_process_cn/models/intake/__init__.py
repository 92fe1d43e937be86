from . import (
    order_channel,
    order_customer_class,
    order_entry_rule,
    order_type,
    order_type_rule,
    product_template,
    res_partner,
    sale_order_classification,
    sale_order_contact,
    sale_order_intake,
    sale_order_line_intake,
    sale_order_references,
)
