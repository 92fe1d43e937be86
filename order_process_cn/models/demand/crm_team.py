from odoo import fields, models


class CrmTeam(models.Model):
    """A sales team is a region: its leader is the head of the region (PLN-2)."""

    _inherit = "crm.team"

    hands_in_demand = fields.Boolean(
        string="Hands In Demand Plans",
        default=True,
        groups="base.group_user",
        help="A plan of what this region needs is opened for it each month or week, "
        "and noted as late where it is not handed in. Nothing happens while no demand "
        "cycle is active.",
    )

    def _get_demand_company(self, company):
        """Return the company for which one team plans: its own, else ``company``, else
        that of its head."""
        self.ensure_one()
        return self.company_id or company or self.user_id.company_id
