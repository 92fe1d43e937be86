"""What a change takes away stays here as long as it is under way: of those that are."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    changes = env["order.change.request"].search(
        [("state", "in", ["requested", "agreed"])]
    )
    changes.filtered("order_id.ships_on_release")._stop_goods(True)
