import base64
import io
from datetime import datetime

import qrcode

from odoo import fields, models


class OrderFormMixin(models.AbstractModel):
    """What every printed form needs from its record.

    A template formats; everything it shows is prepared here or by the hooks. Forms are
    rendered when they are printed, never inside a business transaction.
    """

    _name = "order.form.mixin"
    _description = "Record with Printed Forms"

    def _get_form(self, code):
        """Return what frame, head and foot of form ``code`` show for this record."""
        self.ensure_one()
        form = self.env["order.form"]._by_code(code)
        copies = [name for name, _department in self._get_form_copies(form)] or [""]
        return {
            "title": form.name,
            "number": form.number or "",
            "version": form.version or "",
            "revision": self.env["order.form.issue"]._get_revisions(form, self)[
                self.id
            ],
            "format": form._get_paperformat(),
            "document": self._get_form_document(),
            "company": self._get_form_company(),
            "qr": self._get_form_qr(),
            "urgent": self._is_form_urgent(),
            "watermark": self._get_form_watermark(),
            "printed_at": self._spell_moment(fields.Datetime.now()),
            "printed_by": self.env.user.name,
            "copies": [
                {"number": number, "total": len(copies), "goes_to": name}
                for number, name in enumerate(copies, start=1)
            ],
        }

    def _issue_form(self, code):
        """Give every copy of form ``code`` to its recipients, without printing it."""
        form = self.env["order.form"]._by_code(code)
        self.env["order.form.issue"]._record_issues(form, self, printed=False)

    def _prepare_issues(self, form, revision):
        """Return the values by which the copies of ``form`` are registered."""
        return [
            {
                **self._prepare_issue_values(form, number, name, department),
                "revision": revision,
            }
            for number, (name, department) in enumerate(
                self._get_form_copies(form), start=1
            )
        ]

    def _prepare_issue_values(self, form, number, name, department):
        """Return the values by which one copy of ``form`` is registered."""
        self.ensure_one()
        return {
            "form_id": form.id,
            "copy_number": number,
            "copy_name": name,
            "department_id": department.id,
            "res_model": self._name,
            "res_id": self.id,
            "document_name": self._get_form_document(),
            "company_id": self._get_form_company().id,
            "issued_on": fields.Datetime.now(),
            "issued_by_id": self.env.uid,
        }

    def _get_form_qr(self):
        """Return a QR code that opens the record, as a data address.

        Drawn here: an image fetched over HTTP depends on what the renderer reaches.
        """
        self.ensure_one()
        address = f"{self.get_base_url()}/mail/view?model={self._name}&res_id={self.id}"
        picture = io.BytesIO()
        qrcode.make(address, box_size=4, border=1).save(picture, format="PNG")
        return "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()

    def _get_form_copies(self, form):
        """Return ``[(to whom, department that confirms receipt)]`` for each copy.

        :param form: superuser record
        """
        return [(copy.name, copy.department_id) for copy in form.copy_ids]

    def _get_form_document(self):
        """Return the number that identifies the record on paper."""
        return self.display_name

    def _get_form_company(self):
        return self.company_id

    def _is_form_urgent(self):
        """Whether the form gets the red frame."""
        return False

    def _get_form_watermark(self):
        """Return the words across a form that is not valid (yet), or ``False``."""
        return False

    def _spell_moment(self, moment):
        """Return a moment for paper, in the time zone of the reader."""
        if not moment:
            return ""
        return fields.Datetime.context_timestamp(self, moment).strftime(
            "%Y-%m-%d %H:%M"
        )

    def _spell_date(self, moment):
        """Return the day of a date or moment for paper, where the reader is."""
        if isinstance(moment, datetime):
            moment = fields.Datetime.context_timestamp(self, moment)
        return fields.Date.to_string(moment) or ""

    def _compose_paper(self, template, title, **context):
        """Return the action that opens the message which sends a paper.

        :param template: external id of the template of the message
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "name": title,
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": self.env.ref(template).id,
                "default_composition_mode": "comment",
                "default_email_layout_xmlid": "mail.mail_notification_light",
                "force_email": True,
                **context,
            },
        }
