"""An order of the shop is a web order, also of a new customer: its type is proposed
before “Unfamiliar”, where the order of the types is as it was shipped."""

from odoo import SUPERUSER_ID, api

BEFORE, NOW = 50, 35


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    kind = env.ref("order_process_cn.order_type_web", raise_if_not_found=False)
    if kind and kind.sequence == BEFORE:
        kind.sequence = NOW
