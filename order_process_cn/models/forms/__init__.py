from . import order_form, order_form_copy, order_form_mixin
