from odoo import models


class SaleOrder(models.Model):
    """What the form of an urgent order prints: F04."""

    _inherit = "sale.order"

    def _get_form_copies(self, form):
        # each member of the team gets his copy
        if form.code != "F04":
            return super()._get_form_copies(form)
        return [
            # the name of a colleague is no secret
            (f"{member.role} {member.user_id.sudo().name or ''}", member.department_id)
            for member in self.urgent_member_ids
        ]

    def _get_urgent_head(self):
        """Return label and value of whose order it is, by when, and why the haste."""
        self.ensure_one()
        return [
            (self.env._("Customer"), self.partner_id.commercial_partner_id.name),
            (self.env._("Salesperson"), self.user_id.name or ""),
            (self.env._("Wanted Date"), self._spell_date(self.wanted_date)),
            (self.env._("Promised Date"), self._spell_promised_date()),
            (self.env._("Reply Wanted by"), self._spell_date(self.urgent_reply_date)),
            (self.env._("Replied on"), self._spell_moment(self.urgent_replied_on)),
            (self.env._("Why Urgent"), self.urgent_reason or ""),
        ]

    def _get_urgent_team(self):
        """Return the rows of the team: role, name, department, phone."""
        self.ensure_one()
        members = self.sudo().urgent_member_ids  # names and phones, for the paper
        return [
            (m.role, m.user_id.name or "", m.department_id.name or "", m.phone or "")
            for m in members
        ]

    def _get_urgent_measures(self):
        """Return the rows of the measures, see ``order.measure._spell``."""
        self.ensure_one()
        # whoever may print the order may print its measures
        return [measure._spell() for measure in self.sudo().order_measure_ids]
