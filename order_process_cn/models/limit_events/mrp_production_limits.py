from odoo import api, models
from odoo.tools import SQL

from .order_events import emit_if_made

STARTED = {"progress", "to_close", "done"}
CONFIRMED = {"confirmed"} | STARTED


class MrpProduction(models.Model):
    """What happens to a production order, for its time limits (SLA-1).

    Its state is computed from work orders, moves and quantities: looked at once, just
    before the transaction commits.
    """

    _inherit = "mrp.production"

    @api.model
    def _get_limit_events(self):
        return {
            **super()._get_limit_events(),
            "confirmed": self.env._("Confirmed"),
            "started": self.env._("Production started"),
            "done": self.env._("Production finished"),
        }

    def _get_limit_owner(self):
        return self.user_id or self._get_sale_orders()[:1].user_id

    def _watch_state_for_limits(self):
        """Remember the states as they are stored; emit before the transaction commits
        what has become of them. Costs nothing where no procedure is switched on."""
        if not self.ids or not self._may_be_in_process():
            return
        # the history is kept by the engine, and so are the clocks
        look = self.sudo().browse()._emit_state_changes
        known = self.env["order.touched"]._touched(look)["states"]
        unknown = set(self.ids) - known.keys()
        if unknown:
            rows = self.env.execute_query(
                SQL(
                    "SELECT id, state FROM mrp_production WHERE id IN %s",
                    tuple(unknown),
                )
            )
            known.update({**dict.fromkeys(unknown), **dict(rows)})

    @api.model
    def _may_be_in_process(self):
        used = self.env["order.time.limit"]._used_models()
        return bool(used) or super()._may_be_in_process()

    @api.model
    def _emit_state_changes(self, touched):
        known = touched["states"]
        productions = self.browse(known).exists()

        def entering(states):
            return productions.filtered(
                lambda p: p.state in states and known[p.id] not in states
            )

        confirmed = entering(CONFIRMED)
        confirmed._emit("confirmed")
        confirmed._get_all_sale_orders()._emit("planned")
        entering(STARTED)._emit("started")
        done = entering({"done"})
        done._emit("done")
        emit_if_made(done._get_all_sale_orders())
        entering({"cancel"})._emit("cancelled")
