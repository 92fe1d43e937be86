from odoo import models

from .res_users import PRICE_GROUP

# their papers are full of sale prices
PRICED = {"sale.order", "sale.order.line"}


class IrActionsReport(models.Model):
    """A paper shows what its reader may see, also where core draws it as superuser
    (the mail composer does, for the attachments of a template). [SEC-1]"""

    _inherit = "ir.actions.report"

    def _render_qweb_html(self, report_ref, docids, data=None):
        reader = self._as_price_reader(report_ref)
        return super(IrActionsReport, reader)._render_qweb_html(
            report_ref, docids, data=data
        )

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        reader = self._as_price_reader(report_ref)
        return super(IrActionsReport, reader)._render_qweb_pdf(
            report_ref, res_ids=res_ids, data=data
        )

    def _render_qweb_text(self, report_ref, docids, data=None):
        reader = self._as_price_reader(report_ref)
        return super(IrActionsReport, reader)._render_qweb_text(
            report_ref, docids, data=data
        )

    def _as_price_reader(self, report_ref):
        """Return ``self`` without the rights of the superuser, where they would show
        prices to somebody to whom they are closed."""
        if not self.env.su or self._get_report(report_ref).model not in PRICED:
            return self
        # takes rights away, and gives none
        return self if self.env.user._has_group(PRICE_GROUP) else self.sudo(False)
