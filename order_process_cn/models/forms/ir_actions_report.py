from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def get_paperformat(self):
        form = self.env["order.form"]._of_report(self)
        return form.paperformat_id or super().get_paperformat()

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        result = super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        form = self.env["order.form"]._of_report(self._get_report(report_ref))
        if form and res_ids:
            ids = [res_ids] if isinstance(res_ids, int) else res_ids
            records = self.env[form.report_id.model].browse(ids)
            self.env["order.form.issue"]._record_issues(form, records, printed=True)
        return result
