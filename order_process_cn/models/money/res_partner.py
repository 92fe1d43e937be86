from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_order_overdue(self, company):
        """Return ``{customer: amount}`` that is past due in ``company``, in its
        currency."""
        today = company._calendar_day(fields.Datetime.now())
        return dict(
            self.env["account.move.line"]
            # whoever reviews an order is told the sum, not the entries
            .sudo()
            ._read_group(
                [
                    ("partner_id", "in", self.ids),
                    ("company_id", "=", company.id),
                    ("parent_state", "=", "posted"),
                    ("account_type", "=", "asset_receivable"),
                    ("reconciled", "=", False),
                    ("date_maturity", "<", today),
                ],
                ["partner_id"],
                ["amount_residual:sum"],
            )
        )
