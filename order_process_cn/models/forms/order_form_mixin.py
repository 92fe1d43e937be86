import base64
import io

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
        # title, number and copies are the same for everybody who may print
        form = self.env["order.form"].sudo().search([("code", "=", code)])
        copies = form.copy_ids.mapped("name") or [""]
        return {
            "title": form.name,
            "number": form.number or "",
            "version": form.version or "",
            "document": self._get_form_document(),
            "company": self._get_form_company(),
            "qr": self._get_form_qr(),
            "urgent": self._is_form_urgent(),
            "watermark": self._get_form_watermark(),
            "printed_at": fields.Datetime.context_timestamp(
                self, fields.Datetime.now()
            ).strftime("%Y-%m-%d %H:%M"),
            "printed_by": self.env.user.name,
            "copies": [
                {"number": number, "total": len(copies), "goes_to": name}
                for number, name in enumerate(copies, start=1)
            ],
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
