from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..models.mechanism.engine import public_act


class OrderSettlementStatementWizard(models.TransientModel):
    """Asks for which customer and time a settlement statement F30 is made (DEP-7)."""

    _name = "order.settlement.statement.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Settlement Statement of a Period"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        default=lambda self: self._default_partner_id(),
    )
    date_from = fields.Date(
        string="Orders from",
        required=True,
        default=lambda self: fields.Date.start_of(self._today(), "month"),
    )
    date_to = fields.Date(
        string="To", required=True, default=lambda self: self._today()
    )

    @api.model
    def _today(self):
        # the orders are looked for by the same clock
        return self.env.company._calendar_day(fields.Datetime.now())

    @api.model
    def _default_partner_id(self):
        if self.env.context.get("active_model") == "res.partner":
            return self.env.context.get("active_id")
        return False

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        if self.filtered(lambda wizard: wizard.date_from > wizard.date_to):
            raise ValidationError(self.env._("The period ends before it begins."))

    @public_act
    def action_print(self):
        """Print one statement of all orders of the customer in the period."""
        self.ensure_one()
        orders = self.env["sale.order"].search(self._get_order_domain())
        if not orders:
            raise UserError(
                self.env._(
                    "%(customer)s has no confirmed orders from %(first)s to %(last)s.",
                    customer=self.partner_id.display_name,
                    first=fields.Date.to_string(self.date_from),
                    last=fields.Date.to_string(self.date_to),
                )
            )
        report = self.env.ref("order_process_cn.report_f30_settlement_statement_action")
        return report.report_action(orders, config=False)

    def _get_order_domain(self):
        """Return the domain of the orders of the customer and the contacts below him,
        by the days of the company's clock."""
        start = self.company_id._start_of_day(self.date_from)
        end = self.company_id._start_of_day(fields.Date.add(self.date_to, days=1))
        customer = self.partner_id.commercial_partner_id
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("state", "=", "sale")
            & Domain("partner_invoice_id", "child_of", customer.id)
            & Domain("date_order", ">=", start)
            & Domain("date_order", "<", end)
        )
