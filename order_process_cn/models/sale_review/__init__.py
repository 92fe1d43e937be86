from . import res_partner, sale_order_review, sale_order_content  # isort: skip
from . import sale_order_facts  # isort: skip
from . import account_payment_term_line, product_template, uom_uom  # isort: skip
