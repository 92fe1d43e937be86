"""What version 19.0.1.1.0 did not ask for or did not keep."""

from odoo import SUPERUSER_ID, api
from odoo.fields import Command

# the shipped rules of entry as they were: what an administrator changed stays his
SHIPPED = {
    "contact": (
        "['|', ('partner_id.is_company', '=', False), "
        "('partner_id.child_ids', '!=', False)]",
        "[('printed_contact', '!=', False)]",
    ),
    "phone": (
        "['|', ('partner_id.phone', '!=', False), "
        "('partner_shipping_id.phone', '!=', False)]",
        "[('printed_phone', '!=', False)]",
    ),
    "quantity": ("[('product_uom_qty', '!=', 0)]", "[('product_uom_qty', '>', 0)]"),
    "price": ("[('price_unit', '!=', 0)]", "[('price_unit', '>', 0)]"),
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    # whoever submitted an approved review was told so, by other words
    cr.execute(
        """
        UPDATE order_review SET approval_told_at = closed_at
         WHERE state = 'approved' AND approval_told_at IS NULL
        """
    )
    kind = env.ref("order_process_cn.order_type_web", False)
    if kind and kind.write_uid.id == SUPERUSER_ID:  # as it was shipped
        kind.closing_rule = "received"
    # branches had no accounts for deposits
    env["order.deposit.rule"].search([("active", "=", True)])._set_up_accounts()
    _renew_entry_rules(env)
    env["ir.attachment"]._close_sent_before()


def _renew_entry_rules(env):
    for name, (before, now) in SHIPPED.items():
        rule = env.ref(f"order_process_cn.order_entry_rule_{name}", False)
        if rule and rule.domain == before:
            rule.domain = now
            if name in {"quantity", "price"}:
                rule.lets_deduct = True
            aftersales = env.ref("order_process_cn.order_type_aftersales", False)
            if name == "quantity" and aftersales:
                rule.return_type_ids = [Command.link(aftersales.id)]
