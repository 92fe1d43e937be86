from odoo import api, fields, models

from .order_production_plan import OPEN

COMPLETE, COMING, MISSING = "complete", "coming", "missing"


class MrpProduction(models.Model):
    """齐套: which components of a production order are there, which are coming when,
    and which nobody has ordered (PLN-7).

    As Odoo forecasts it, for all orders at once: a list costs no more queries for more
    of them.
    """

    _inherit = "mrp.production"

    kit_state = fields.Selection(
        [
            (COMPLETE, "Kit Complete"),
            (COMING, "Components Coming"),
            (MISSING, "Components Missing"),
        ],
        string="Kit",
        compute="_compute_kit",
        compute_sudo=True,
        groups="base.group_user",
        help="Whether all components are there, on their way, or not even ordered.",
    )
    kit_words = fields.Char(
        string="Components Not There",
        compute="_compute_kit",
        compute_sudo=True,
        groups="base.group_user",
        help="Component by component: how many are missing, or when the last of them "
        "comes.",
    )

    @api.depends("state", "move_raw_ids.state", "move_raw_ids.product_uom_qty")
    @api.depends_context("lang")
    def _compute_kit(self):
        self.kit_state = self.kit_words = False
        asked = self.filtered(lambda production: production.state in OPEN)
        moves = asked.move_raw_ids.filtered(
            lambda move: move.product_id and move.state not in {"done", "cancel"}
        )
        # all at once, beyond what the ORM prefetches
        moves._fields["forecast_availability"].compute_value(moves)
        for production, own in moves.grouped("raw_material_production_id").items():
            missing = {move: move._get_kit_shortage() for move in own}
            coming = [m for m in own if m.forecast_expected_date and not missing[m]]
            words = [
                move._spell_missing(left) for move, left in missing.items() if left
            ]
            words += [move._spell_coming() for move in coming]
            production.kit_words = ", ".join(words)
            if any(missing.values()):
                production.kit_state = MISSING
            else:
                production.kit_state = COMING if coming else COMPLETE
