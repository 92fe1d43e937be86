from . import (
    ir_actions_report,
    order_form,
    order_form_copy,
    order_form_issue,
    order_form_mixin,
    order_form_print,
    res_lang,
    uom_uom,
)
