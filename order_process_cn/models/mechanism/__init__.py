from . import (
    mail_thread,
    order_condition_mixin,
    order_config_mixin,
    order_recheck,
    order_review_mixin,
)
