"""A shipping release that was given out says something else after a change of goods,
quantity or address: it is issued anew, unless somebody has chosen already."""

from odoo import SUPERUSER_ID, api

GROUPS = ("product", "quantity", "delivery")


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    form = env.ref("order_process_cn.order_form_f17", raise_if_not_found=False)
    if form and not form.reissue_group_ids:
        form.reissue_group_ids = env["order.fact.group"].union(
            *(env.ref(f"order_process_cn.order_fact_group_{name}") for name in GROUPS)
        )
