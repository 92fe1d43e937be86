from . import (
    order_calendar_fill_wizard,
    order_review_hand_wizard,
    order_review_leaver_wizard,
    order_review_reason_wizard,
    order_review_register_wizard,
    order_review_sign_wizard,
    order_review_sign_wizard_answer,
    order_review_submit_wizard,
    order_review_submit_wizard_line,
    order_settlement_statement_wizard,
    order_settlement_wizard,
    order_statement_wizard,
)
