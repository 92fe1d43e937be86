from odoo import api, fields, models

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """Whose production waits for drawings (MFG-2)."""

    _inherit = "order.type"

    asks_drawings = fields.Boolean(
        string="Drawings Are Handed Over before Production",
        help="A production order starts when its drawings were handed out and the head "
        "of the workshop has signed for them.",
    )
    drawings_since = fields.Datetime(
        compute="_compute_drawings_since",
        store=True,
        help="Production orders that were made before stay as they are.",
    )

    @api.depends("asks_drawings")
    def _compute_drawings_since(self):
        # as records are dated: by the transaction
        now = self.env.cr.now().replace(microsecond=0)
        for kind in self:
            kind.drawings_since = kind.asks_drawings and (kind.drawings_since or now)

    @remembered
    def _drawings_asked_since(self):
        """Return ``{id of a type: since when its production waits for drawings}``."""
        types = self._get_with_archived([("asks_drawings", "=", True)])
        return {kind.id: kind.drawings_since for kind in types}
