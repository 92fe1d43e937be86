from base64 import b64decode

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools.mimetypes import guess_mimetype

from ..models.mechanism.engine import public_act
from ..models.mechanism.order_evidence_mixin import EvidenceFile
from ..models.packing.order_packing_check import DIFFERENCE, OK
from ..tools import arguments


class OrderPackingWizard(models.TransientModel):
    """Asks whoever packs what he has counted, and whether it goes to the right place
    (SHP-7). For a phone: no prices, two big buttons."""

    _name = "order.packing.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Check What Is Packed"

    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", required=True, readonly=True
    )
    order_receiver = fields.Text(
        string="Receiver of the Order",
        compute="_compute_receivers",
        compute_sudo=True,
    )
    transfer_receiver = fields.Text(
        string="Receiver on the Transfer",
        compute="_compute_receivers",
        compute_sudo=True,
    )
    line_ids = fields.One2many(
        "order.packing.wizard.line",
        "wizard_id",
        string="Counted",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    is_receiver_right = fields.Boolean(
        string="Receiver, Phone and Address Are Right",
        help="What stands on the packages is what the order says.",
    )
    packages = fields.Integer()
    remark = fields.Text()
    photo = fields.Binary()

    @api.depends("picking_id")
    def _compute_receivers(self):
        # whoever packs need not see the order
        for wizard in self:
            receiver = wizard.picking_id.sale_id.partner_shipping_id
            wizard.order_receiver = receiver._spell_receiver()
            wizard.transfer_receiver = wizard.picking_id.partner_id._spell_receiver()

    @api.depends("picking_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [
                Command.create({"product_id": product.id, "expected_qty": quantity})
                for product, quantity in wizard.picking_id._get_packed().items()
            ]

    @public_act
    def action_confirm(self):
        """Note that everything is packed as it was ordered, and goes where it should.

        :raise UserError: what was counted is another, in words
        """
        picking = self._check_may_pack()
        counted = self._get_counted()
        if problems := self._find_differences(picking, counted):
            raise UserError(
                self.env._(
                    "This is not as ordered:\n%s\nCorrect it, or stop the shipment.",
                    "\n".join(f"- {problem}" for problem in problems),
                )
            )
        return self._keep(picking, OK, counted)

    @public_act
    def action_stop(self):
        """Note a difference: nothing leaves with this transfer until it is checked
        again."""
        picking = self._check_may_pack()
        counted = self._get_counted()
        if not (self.remark or "").strip():
            if not self._find_differences(picking, counted):
                raise UserError(self.env._("Say in the remark what is wrong."))
        return self._keep(picking, DIFFERENCE, counted)

    def _check_may_pack(self):
        """Return the transfer as superuser, if the caller moves goods."""
        self.ensure_one()
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Only the warehouse checks what is packed."))
        self.picking_id.check_access("write")
        picking = self.picking_id.sudo()  # the right to write was checked above
        if picking.state in {"done", "cancel"} or not picking._asks_packing():
            raise UserError(
                self.env._("Nothing has to be packed and checked for %s.", picking.name)
            )
        return picking

    def _get_counted(self):
        counted = {}
        for line in self.line_ids:
            product = line.product_id.sudo()  # to be told apart
            counted[product] = counted.get(product, 0.0) + line.packed_qty
        return counted

    def _find_differences(self, picking, counted):
        """Return in words where the packages are not what the order says."""
        expected = picking._get_packed()
        problems = [
            self.env._(
                "%(product)s: %(packed)s packed, %(expected)s on the transfer",
                product=product.display_name,
                packed=product.uom_id._spell_with_unit(counted.get(product, 0.0)),
                expected=product.uom_id._spell_with_unit(expected.get(product, 0.0)),
            )
            for product in expected.keys() | counted.keys()
            if product.uom_id.compare(
                counted.get(product, 0.0), expected.get(product, 0.0)
            )
        ]
        if self.order_receiver != self.transfer_receiver:
            problems.append(
                self.env._("the receiver on the transfer is not that of the order")
            )
        elif not self.is_receiver_right:
            problems.append(
                self.env._("nobody has compared receiver, phone and address")
            )
        return problems

    def _keep(self, picking, result, counted):
        self.env["order.packing.check"]._record(
            picking,
            result,
            counted,
            photo=self._read_photo(),
            packages=self.packages,
            remark=(self.remark or "").strip(),
        )
        return {"type": "ir.actions.act_window_close"}

    def _read_photo(self):
        if not self.photo:
            return []
        try:
            raw = b64decode(self.with_context(bin_size=False).photo)
        except ValueError:  # a client sends anything
            raw = b""
        largest = arguments.limit(self.env, "evidence_max_mb")
        if len(raw) > largest * 1024 * 1024:
            raise UserError(self.env._("The photo is larger than %s MB.", largest))
        kind = guess_mimetype(raw)
        if not kind.startswith("image/"):
            raise UserError(self.env._("The photo is no picture."))
        return [EvidenceFile(f"{self.picking_id.name}.jpg", raw, kind)]
