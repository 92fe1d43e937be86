from odoo import api, fields, models

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """Whose production has an owner and a date for every step (MFG-12)."""

    _inherit = "order.type"

    asks_step_owners = fields.Boolean(
        string="Every Step Has an Owner and a Date",
        help="A production order starts when each of its operations has somebody who "
        "answers for it and is planned.",
    )
    step_owners_since = fields.Datetime(
        compute="_compute_step_owners_since",
        store=True,
        help="Production orders that were made before stay as they are.",
    )

    @api.depends("asks_step_owners")
    def _compute_step_owners_since(self):
        # as records are dated: by the transaction
        now = self.env.cr.now().replace(microsecond=0)
        for kind in self:
            kind.step_owners_since = kind.asks_step_owners and (
                kind.step_owners_since or now
            )

    @remembered
    def _steps_owned_since(self):
        """Return ``{id of a type: since when its steps have owners}``."""
        types = self._get_with_archived([("asks_step_owners", "=", True)])
        return {kind.id: kind.step_owners_since for kind in types}
