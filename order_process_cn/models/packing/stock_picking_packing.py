from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.canonical import digest
from ..mechanism.engine import public_act
from .order_packing_check import DIFFERENCE


class StockPicking(models.Model):
    """What is packed for a transfer, and whether somebody has checked it (SHP-7)."""

    _inherit = "stock.picking"

    packing_check_ids = fields.One2many(
        "order.packing.check",
        "picking_id",
        string="Packing Checks",
        groups="base.group_user",
    )
    packing_state = fields.Selection(
        [
            ("to_check", "To Be Packed and Checked"),
            ("difference", "Difference Found"),
            ("changed", "Changed after the Packing Check"),
            ("checked", "Packed and Checked"),
        ],
        string="Packing",
        compute="_compute_packing_state",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends(
        "packing_check_ids", "partner_id", "move_line_ids.quantity",
        "move_line_ids.picked", "move_line_ids.state",
    )  # fmt: skip
    def _compute_packing_state(self):
        for picking in self:
            picking.packing_state = picking._asks_packing() and picking._find_packing()

    def _find_packing(self):
        check = self.packing_check_ids[:1]
        if not check:
            return "to_check"
        if check.result == DIFFERENCE:
            return "difference"
        same = self.state == "done" or check.digest == self._get_packing_digest()
        return "checked" if same else "changed"

    def _asks_packing(self):
        """Whether the goods of one transfer are checked before they leave."""
        asking = self.env["order.type"]._ids_packing()
        order = self.sale_id
        return order.order_type_id.id in asking and self.picking_type_code == "outgoing"

    def _get_packed(self):
        """Return ``{product: quantity}`` of what leaves, or has left, with one
        transfer, in the units of the products."""
        lines = self.move_line_ids
        for chosen in (
            lines.filtered(lambda line: line.state == "done"),
            lines.filtered("picked"),
            lines,
        ):
            packed = defaultdict(float)
            for line in chosen:
                packed[line.product_id] += line.quantity_product_uom
            if any(packed.values()):
                return {product: q for product, q in packed.items() if q}
        return {}

    def _get_packing_digest(self):
        """Return the fingerprint of all that a packing check compares."""
        # in words that are the same for everybody
        plain = self.with_context(lang="en_US")
        order = plain.sale_id
        return digest(
            {
                "goods": {
                    str(product.id): f"{product.uom_id.round(quantity):.6f}"
                    for product, quantity in plain._get_packed().items()
                },
                "order": [
                    order.partner_shipping_id.id,
                    order.partner_shipping_id._spell_receiver(),
                ],
                "transfer": [plain.partner_id.id, plain.partner_id._spell_receiver()],
            }
        )

    def _find_packing_problem(self):
        """Return in words why one transfer may not leave, or ``False``."""
        check = self.packing_check_ids[:1]
        problem = check._spell_problem(self._get_packing_digest())
        return problem and self.env._(
            "%(transfer)s: %(problem)s", transfer=self.name, problem=problem
        )

    @public_act
    def action_check_packing(self):
        """Open the question what is packed for a transfer."""
        self.ensure_one()
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Only the warehouse checks what is packed."))
        self.check_access("write")
        transfer = self.sudo()  # checked above; who moves goods need not see orders
        if not transfer._asks_packing() or transfer.state in {"done", "cancel"}:
            raise UserError(
                self.env._("Nothing has to be packed and checked for %s.", self.name)
            )
        if not transfer._get_packed():
            raise UserError(
                self.env._(
                    "Nothing of %s is ready: reserve the goods or enter what leaves.",
                    self.name,
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_packing_wizard_action"
        )
        action["context"] = {"default_picking_id": self.id}
        return action
