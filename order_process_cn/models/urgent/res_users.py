from odoo import fields, models


class ResUsers(models.Model):
    """Measures of somebody who leaves go to whoever answers for the production."""

    _inherit = "res.users"

    def _after_people_changed(self, vals):
        super()._after_people_changed(vals)
        if self.env.registry.ready and vals.get("active") is False:
            self._hand_on_measures()

    def _hand_on_measures(self):
        """[URG-4] Name somebody for the measures that are not over, and tell him."""
        # everybody's measures: whoever archives a user need not see production
        measures = self.env["order.measure"].sudo()
        measures = measures.search(
            [
                ("user_id", "in", self.ids),
                ("date_to", ">=", fields.Date.context_today(self)),
                ("production_id.state", "not in", ["done", "cancel"]),
            ]
        )
        for measure in measures:
            production, leaver = measure.production_id, measure.user_id
            people = production._get_owner() | leaver._get_successor(production)
            people |= self._get_process_managers(measure.company_id)
            able = people.filtered(
                lambda user, company=measure.company_id: (
                    user.active and company in user.company_ids
                )
            )
            measure.user_id = able[:1]
            if able:
                production._leave_todo(
                    f"measure.leaver.{measure.id}",
                    self.env._("Measure without a responsible person"),
                    self.env._(
                        "%(user)s, who answered for “%(measure)s”, is archived: it is "
                        "yours now. Name somebody else on the tab Measures.",
                        user=leaver.name,
                        measure=measure.display_name,
                    ),
                    user=able[:1],
                )
