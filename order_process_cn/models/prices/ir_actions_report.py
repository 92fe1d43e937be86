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
        result = super(IrActionsReport, reader)._render_qweb_html(
            report_ref, docids, data=data
        )
        return self._note_prices(report_ref, result)

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        reader = self._as_price_reader(report_ref)
        result = super(IrActionsReport, reader)._render_qweb_pdf(
            report_ref, res_ids=res_ids, data=data
        )
        return self._note_prices(report_ref, result)

    def _render_qweb_text(self, report_ref, docids, data=None):
        reader = self._as_price_reader(report_ref)
        result = super(IrActionsReport, reader)._render_qweb_text(
            report_ref, docids, data=data
        )
        return self._note_prices(report_ref, result)

    def _prepare_pdf_report_attachment_vals_list(self, report, streams):
        files = super()._prepare_pdf_report_attachment_vals_list(report, streams)
        if report._shows_prices():
            files = [{**values, "shows_prices": True} for values in files]
        return files

    def _as_price_reader(self, report_ref):
        """Return ``self`` without the rights of the superuser, where they would show
        prices to somebody to whom they are closed."""
        if not self.env.su or self._get_report(report_ref).model not in PRICED:
            return self
        # takes rights away, and gives none
        return self if self.env.user._has_group(PRICE_GROUP) else self.sudo(False)

    def _note_prices(self, report_ref, result):
        """Remember what was drawn until the transaction ends: a file of this content
        is closed to those to whom prices are."""
        if self._get_report(report_ref)._shows_prices():
            self.env["ir.attachment"]._note_priced(result[0])
        return result

    def _shows_prices(self):
        """Whether this paper has sale prices on it. One of a foreign addon has, as far
        as anybody knows, if it is about what is sold."""
        self.ensure_one()
        form = self.env["order.form"]._of_report(self)
        paper = self.env.get(f"order.paper.{form.code.lower()}") if form else None
        if paper is None:
            return self.model in PRICED
        return paper._has_prices or form.shows_prices
