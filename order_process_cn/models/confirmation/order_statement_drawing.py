import base64

from odoo import models


class OrderStatement(models.Model):
    """What the customer drew in the portal: the statement keeps a copy of its own, the
    picture on the order is one that can be exchanged (SEC-2)."""

    _inherit = "order.statement"

    def _filtered_altered(self):
        return super()._filtered_altered() | self._filtered_other_drawing()

    def _filtered_other_drawing(self):
        """Return those beside which another drawing stands on the order."""
        signed = self.search(
            [
                ("order_id", "in", self.order_id.ids),
                ("kind", "=", "returned"),
                ("medium", "=", "portal"),
            ]
        )
        found = self.browse()
        for order, statements in signed.grouped("order_id").items():
            # whoever signs again draws again: the last one is shown
            last = statements.sorted("id")[-1]
            shown = order.with_context(bin_size=False).signature
            if last in self and last.evidence_ids and shown:
                if base64.b64decode(shown) not in last._get_drawings():
                    found |= last
        return found

    def _get_drawings(self):
        """Return the drawings of one statement, as they were sent and as the order
        stores them: no larger than its field allows."""
        self.ensure_one()
        store = self.order_id._fields["signature"]._image_process
        files = self.evidence_ids.with_context(bin_size=False)
        sent = {file.raw or b"" for file in files}
        stored = {
            base64.b64decode(store(base64.b64encode(raw), self.env) or b"")
            for raw in sent
        }
        return sent | stored
