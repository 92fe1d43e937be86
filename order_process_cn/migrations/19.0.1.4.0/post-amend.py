"""A promised date that had slipped was counted back whenever facts were compared; now
its record leads from the date that was reviewed to the one that stands."""

from odoo import SUPERUSER_ID, api

from odoo.addons.order_process_cn.models.confirmation.slip import record_earlier_slip


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    slipped = env["sale.order"].search(
        [
            ("slip_days", "!=", 0),
            ("commitment_date", "!=", False),
            ("review_state", "in", ["running", "approved"]),
        ],
        order="id",
    )
    record_earlier_slip(slipped)
