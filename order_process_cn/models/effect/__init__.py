from . import (
    order_issue_batch,
    order_issue_line,
    order_issue_window,
    order_statement,
    purchase_order_line,
    sale_order_confirmation,
    sale_order_effect,
    sale_order_line_effect,
)
