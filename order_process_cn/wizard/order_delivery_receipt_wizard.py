import base64

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

from ..models.delivery.order_delivery_receipt import SCAN, SCREEN
from ..models.delivery.order_delivery_receipt_line import Counted
from ..models.mechanism.engine import public_act
from ..models.mechanism.order_evidence_mixin import EvidenceFile
from ..tools import arguments


class OrderDeliveryReceiptWizard(models.TransientModel):
    """Asks what was received of a delivery: whoever delivers has the customer sign on
    the phone, a clerk attaches what came back on paper. [SHP-4]"""

    _name = "order.delivery.receipt.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Register Receipt"

    picking_id = fields.Many2one(
        "stock.picking", string="Delivery Transfer", required=True
    )
    received_by = fields.Char(help="Who took the goods at the customer's.")
    received_on = fields.Datetime(default=fields.Datetime.now)
    line_ids = fields.One2many(
        "order.delivery.receipt.wizard.line",
        "wizard_id",
        string="Goods",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    currency_id = fields.Many2one(related="picking_id.collect_currency_id")
    collect_amount = fields.Monetary(related="picking_id.collect_amount")
    collected_amount = fields.Monetary(
        string="Collected", help="What the customer has paid to you."
    )
    note = fields.Text(string="Remark")
    needs_acceptance = fields.Boolean(compute="_compute_needs_acceptance")
    goods_verdict = fields.Selection(
        selection=lambda self: (
            self.env["order.delivery.receipt"]
            ._fields["goods_verdict"]
            ._description_selection(self.env)
        ),
        string="The Customer Has",
        help="As he signed it on the paper that is attached. Empty: he only says what "
        "he has received.",
    )
    signature = fields.Binary(attachment=False)
    evidence_ids = fields.Many2many("ir.attachment", string="Scan")
    may_scan = fields.Boolean(compute="_compute_may_scan")

    @api.depends_context("uid")
    def _compute_may_scan(self):
        self.may_scan = self.env.user.has_group(
            "order_process_cn.order_group_registrar"
        )

    @api.depends("picking_id")
    def _compute_needs_acceptance(self):
        for wizard in self:
            picking = wizard.picking_id
            # a client asks for any transfer; whoever delivers need not see the order
            may_see = picking and picking.has_access("read")
            wizard.needs_acceptance = (
                may_see and picking.sudo().sale_id.needs_acceptance
            )

    @api.depends("picking_id")
    def _compute_line_ids(self):
        """Propose that everything was received as it was sent."""
        for wizard in self:
            # a client asks for any transfer: only of those that he may see
            may_see = wizard.picking_id and wizard.picking_id.has_access("read")
            # whoever delivers need not see the order
            goods = wizard.picking_id.sudo()._list_goods() if may_see else []
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "line_key": part.line.id,
                            "product_id": part.product.id,
                            "product_uom_id": part.unit.id,
                            "sent_qty": part.sent,
                            "received_qty": part.sent,
                        }
                    )
                    for part in goods
                ),
            ]

    @public_act
    def action_confirm(self):
        """Record the receipt.

        :raise UserError: everything that cannot be true of it
        """
        self.ensure_one()
        receipts = self.env["order.delivery.receipt"]
        self.picking_id.check_access("read")
        scans = self._read_scans()
        receipts._check_may_register(with_scan=bool(scans))
        drawn = self._read_signature()
        if self.goods_verdict and not scans:
            raise UserError(
                self.env._("Attach the paper on which the customer accepts or refuses.")
            )
        if not scans and not drawn:
            raise UserError(
                self.env._("Have the customer sign, or attach the receipt he signed.")
            )
        receipts._record(
            self.picking_id.sudo(),  # that he may see it was checked above
            SCAN if scans else SCREEN,
            self.received_by,
            {
                (line.line_key, line.product_id.id): Counted(
                    line.received_qty, line.condition, line.reason
                )
                for line in self.line_ids
            },
            received_on=self.received_on,
            note=self.note,
            goods_verdict=self.goods_verdict,
            collected_amount=self.collected_amount,
            evidence=scans + drawn,
        )
        return {"type": "ir.actions.act_window_close"}

    def _read_scans(self):
        receipts = self.env["order.delivery.receipt"]
        return receipts._read_evidence(self.evidence_ids.ids)

    def _read_signature(self):
        """Return what the customer drew, as a file, or nothing."""
        own = self.with_context(bin_size=False)
        picture = arguments.picture(self.env, "signature", own.signature)
        if not picture:
            return []
        raw = base64.b64decode(picture)
        name = f"signature-{self.picking_id.name.replace('/', '-')}"
        return [EvidenceFile(name, raw, guess_mimetype(raw))]
