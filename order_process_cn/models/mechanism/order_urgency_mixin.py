from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column


class OrderUrgencyMixin(models.AbstractModel):
    """A document that sales orders cause: urgent while one of them is (URG-3, URG-4).

    A field of its own: core's priority is forgotten when a document is done.
    """

    _name = "order.urgency.mixin"
    _description = "Caused by Sales Orders"

    # the way from the document to the sales orders
    _urgency_path = "reference_ids.sale_ids"

    is_urgent = fields.Boolean(
        string="Urgent",
        compute="_compute_is_urgent",
        store=True,
        groups="base.group_user",
    )

    def _auto_init(self):
        # nothing is urgent at installation: no need to look at every document
        known = self._abstract or column_exists(self.env.cr, self._table, "is_urgent")
        if not known:
            create_column(self.env.cr, self._table, "is_urgent", "boolean")
        return super()._auto_init()

    @api.depends(lambda self: [f"{self._urgency_path}.is_urgent"])
    def _compute_is_urgent(self):
        for document in self:
            orders = document.mapped(self._urgency_path)
            document.is_urgent = any(orders.mapped("is_urgent"))

    def _is_form_urgent(self):
        return self.is_urgent

    def _follow_urgency(self):
        """Star what is open and urgent, take the star from what no longer is."""
        left = self.filtered(lambda document: document.state not in {"done", "cancel"})
        for urgent, documents in left.grouped("is_urgent").items():
            priority = "1" if urgent else "0"
            documents.filtered(lambda d, p=priority: d.priority != p).write(
                {"priority": priority}
            )
