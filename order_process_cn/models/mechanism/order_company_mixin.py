from odoo import api, fields, models


class OrderCompanyMixin(models.AbstractModel):
    """A rule that asks something of the documents of one company.

    What somebody makes is for the company he works in, as in the configuration of core.
    One without a company holds the documents of every company: those that are shipped
    are of this kind, and whoever switches one on is told how far it reaches.
    A model on this mixin has the switch ``active``.
    """

    _name = "order.company.mixin"
    _inherit = ["order.typed.mixin"]
    _description = "Rule of a Company"

    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Leave empty for every company: the rule then applies to the documents of "
        "all of them.",
    )
    company_warning = fields.Char(compute="_compute_company_warning")

    @api.depends("company_id")
    def _compute_company_warning(self):
        self.company_warning = False
        count = self._count_companies()
        if count > 1:
            self.filtered(
                lambda rule: not rule.company_id
            ).company_warning = self.env._(
                "This is for all %(count)s companies, also for those that you do not "
                "work in. Choose a company if it is to hold the documents of one only.",
                count=count,
            )

    @api.model
    def _count_companies(self):
        # how many there are is no secret, which they are is not said
        return self.env["res.company"].sudo().search_count([])

    @api.onchange("active", "company_id")
    def _onchange_company_warning(self):
        """Ask when one that is for every company is switched on or becomes so."""
        if self.company_warning and self.active:
            return {
                "warning": {
                    "title": self.env._("For Every Company"),
                    "message": self.company_warning,
                }
            }
        return None
