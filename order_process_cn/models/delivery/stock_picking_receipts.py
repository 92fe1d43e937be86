import base64

from odoo import fields, models
from odoo.tools.mimetypes import guess_mimetype

from ..mechanism.engine import public_act
from ..mechanism.order_evidence_mixin import EvidenceFile
from .order_delivery_receipt import DELIVERER, REGISTRAR, SCREEN


class StockPicking(models.Model):
    """The receipts of a delivery. [SHP-4]"""

    _inherit = "stock.picking"

    receipt_ids = fields.One2many(
        "order.delivery.receipt",
        "picking_id",
        string="Receipts",
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
    receipt_count = fields.Integer(
        compute="_compute_receipt_count", groups="base.group_user"
    )

    def _compute_receipt_count(self):
        # whoever sees the transfer sees whether it was received
        counts = dict(
            self.env["order.delivery.receipt"]
            .sudo()
            ._read_group([("picking_id", "in", self.ids)], ["picking_id"], ["__count"])
        )
        for picking in self:
            picking.receipt_count = counts.get(picking._origin, 0)

    def _filtered_without_receipt(self):
        """Return the deliveries of self that left and of which nobody has said that
        they were received. One that came back as a whole needs no receipt."""
        return self.filtered(
            lambda picking: (
                picking.state == "done"
                and picking._is_delivery()
                and not picking.receipt_ids
                and any(move._get_kept_quantity() > 0 for move in picking.move_ids)
            )
        )

    @public_act
    def action_register_receipt(self):
        """Open the question what was received of one delivery."""
        self.ensure_one()
        self.check_access("read")
        self.env["order.delivery.receipt"]._check_may_register(with_scan=False)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register Receipt"),
            "res_model": "order.delivery.receipt.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_picking_id": self.id},
        }

    @public_act
    def action_view_receipts(self):
        """Open the receipts of these deliveries."""
        self.check_access("read")
        self.env["order.delivery.receipt"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_delivery_receipt_action"
        )
        # the list has rules of its own
        receipts = self.sudo().receipt_ids
        action |= {"domain": [("id", "in", receipts.ids)], "context": {}}
        if len(receipts) == 1:
            action |= {"views": [(False, "form")], "res_id": receipts.id}
        return action

    # -- the signature of core ---------------------------------------------------------

    def _record_signatures(self):
        """Keep the signatures that stand on these deliveries: core's own picture can be
        exchanged or emptied at any time.

        Whoever only sells may write it as well: then it is core's picture, no receipt.
        """
        if not any(self.env.user.has_group(g) for g in (DELIVERER, REGISTRAR)):
            return
        # whoever delivers need not see the order
        for picking in self.sudo().filtered(lambda p: p._is_signed_delivery()):
            raw = base64.b64decode(picking.with_context(bin_size=False).signature)
            name = f"signature-{picking.name.replace('/', '-')}"
            picking.env["order.delivery.receipt"]._record(
                picking,
                SCREEN,
                picking.partner_id.name or picking.sale_id.partner_id.name,
                evidence=[EvidenceFile(name, raw, guess_mimetype(raw))],
            )

    def _is_signed_delivery(self):
        self.ensure_one()
        return (
            self.state == "done"
            and self._is_delivery()
            and bool(self.sale_id.progress)
            and bool(self.signature)
        )
