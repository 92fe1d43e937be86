"""What version 19.0.1.0.0 knew in another form."""

from odoo import SUPERUSER_ID, api
from odoo.tools.sql import table_exists

from odoo.addons.order_process_cn.models.effect.growth import filtered_growth_closed
from odoo.addons.order_process_cn.models.mechanism.order_evidence_mixin import (
    EvidenceFile,
)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    _restore_prints(cr)
    cr.execute(
        """
        UPDATE order_time_limit SET in_force_since = create_date
         WHERE active AND in_force_since IS NULL
        """
    )
    # what is due is verified every day, a slice at a time
    if cron := env.ref("order_process_cn.order_review_audit_cron", False):
        cron.write({"interval_number": 1, "interval_type": "days"})
    _copy_evidence(env)
    _hold_back_growth(env)
    # bills are money where deposits are asked for
    env["order.deposit.rule"].search([("active", "=", True)])._set_up_accounts()


def _restore_prints(cr):
    if table_exists(cr, "order_form_print_before"):
        cr.execute(
            """
            INSERT INTO order_form_print
                   (form_id, res_model, res_id, user_id, printed_on)
            SELECT form_id, res_model, res_id, user_id,
                   COALESCE(printed_on, now() AT TIME ZONE 'UTC')
              FROM order_form_print_before, generate_series(1, count)
            """
        )
        cr.execute("DROP TABLE order_form_print_before")


def _copy_evidence(env):
    """Evidence hung on the order, where whoever may write the order could change it:
    each record keeps a copy of its own."""
    for model in ("order.review.signature", "order.statement"):
        for record in env[model].search([("evidence_ids", "!=", False)]):
            files = record.evidence_ids.filtered(
                lambda file, record=record: (
                    (file.res_model, file.res_id) != (record._name, record.id)
                )
            )
            if files:
                record._keep_evidence(
                    [EvidenceFile(f.name, f.raw or b"", f.mimetype) for f in files]
                )


def _hold_back_growth(env):
    """What was ordered more and waits for signatures was not noted: it is what is not
    launched of the orders that may not grow now."""
    orders = env["sale.order"].search(
        [("state", "=", "sale"), ("effect_state", "=", "effective")]
    )
    for line in filtered_growth_closed(orders).order_line:
        open_moves = line.move_ids.filtered(lambda m: m.state not in {"done", "cancel"})
        missing = line.product_uom_qty - line._get_qty_procurement()
        if open_moves and missing > 0:
            line.held_quantity = line.product_uom_id._compute_quantity(
                missing, line.product_id.uom_id
            )
