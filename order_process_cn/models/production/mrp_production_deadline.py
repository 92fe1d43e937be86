from odoo import models

from ..effect.growth import filtered_growth_guarded


class MrpProduction(models.Model):
    """The date by which production is bound is its own: what leaves for the customer
    keeps the day that he was given. [CFM-5]"""

    _inherit = "mrp.production"

    def _compute_move_finished_ids(self):
        # whenever a quantity or a plan changes, core puts the deadline of production on
        # what it makes, and moves by as much whatever waits for that
        differing = self.filtered(
            lambda production: (
                production.state != "draft"
                and production.date_deadline
                and any(
                    move.date_deadline != production.date_deadline
                    for move in production.move_finished_ids
                )
            )
        )
        bound = differing.filtered(
            lambda production: filtered_growth_guarded(production._get_sale_orders())
        )
        if plain := self - bound:
            super(MrpProduction, plain)._compute_move_finished_ids()
        if bound:
            kept = set(bound.move_finished_ids.move_dest_ids.ids)
            super(
                MrpProduction, bound.with_context(date_deadline_propagate_ids=kept)
            )._compute_move_finished_ids()
