from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import hash_chain
from ..mechanism.engine import take_turns
from .order_delivery_receipt_line import GOOD

PORTAL, SCAN, SCREEN = "portal", "scan", "screen"
REGISTRAR = "order_process_cn.order_group_registrar"
DELIVERER = "stock.group_stock_user"


class OrderDeliveryReceipt(models.Model):
    """到货回单 (F20): what the customer says he has received of a delivery, once and
    for all: in the portal, on paper that came back, or on the screen of whoever
    delivers. [SHP-4]

    Nothing of it is altered, and what has left stays as it was: a difference is a to-do
    of sales. How orders follow stands in ``…_orders``.
    """

    _name = "order.delivery.receipt"
    _inherit = ["order.append.only.mixin", "order.evidence.mixin", "order.engine.mixin"]
    _description = "Delivery Receipt"
    _order = "id desc"
    _rec_name = "received_by"

    picking_id = fields.Many2one(
        "stock.picking",
        string="Delivery Transfer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    medium = fields.Selection(
        [(PORTAL, "In the portal"), (SCAN, "Scan"), (SCREEN, "On screen")],
        string="Received How",
        required=True,
        readonly=True,
    )
    received_by = fields.Char(
        required=True, readonly=True, help="Who took the goods at the customer's."
    )
    received_on = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    address = fields.Char(
        string="Network Address",
        readonly=True,
        help="Where a receipt confirmed in the portal came from.",
    )
    note = fields.Text(string="Remark", readonly=True)
    evidence_ids = fields.Many2many(string="Document")
    checksum = fields.Char(readonly=True, help="Of the documents attached.")
    is_different = fields.Boolean(
        string="Differs",
        readonly=True,
        help="Less was received than was sent, or not in good condition.",
    )
    line_ids = fields.One2many(
        "order.delivery.receipt.line", "receipt_id", string="Goods", readonly=True
    )

    @api.depends("picking_id", "received_by")
    def _compute_display_name(self):
        for receipt in self:
            receipt.display_name = f"{receipt.picking_id.name}: {receipt.received_by}"

    def _get_evidence_company(self):
        return self.company_id

    def _spell_received_on(self):
        """Return the moment of the receipt, on the company's clock."""
        return self.company_id._spell_instant(self.received_on)

    # -- recording ---------------------------------------------------------------------

    @api.model
    def _check_may_register(self, with_scan):
        """Raise unless the caller hands in receipts: paper that came back is registered
        by those who may, a signature is taken by whoever delivers, too."""
        groups = [REGISTRAR] if with_scan else [REGISTRAR, DELIVERER]
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._(
                    "Receipts on paper are registered by those with the right "
                    "“Register Decisions on Paper”; signatures on screen are taken by "
                    "the warehouse, too."
                )
            )

    @api.model
    def _record(self, picking, medium, received_by, counted=None, **values):
        """Record what was received of one delivery, and what follows from it.

        Called by checked actions. Said twice, it is said once.

        :param picking: superuser record
        :param counted: ``{(line id, product id): Counted}``; none: all as it was sent
        :param list evidence: files, see ``_read_evidence``; copies of them are kept
        :raise UserError: everything that is wrong with it
        """
        take_turns(picking)
        evidence = values.pop("evidence", [])
        lines = self.env["order.delivery.receipt.line"]
        goods = picking._list_goods()
        problems = self._find_problems(picking, received_by, values)
        problems += lines._find_problems(goods, counted)
        if problems:
            listed = "\n".join(f"- {problem}" for problem in problems)
            raise UserError(self.env._("This receipt is not possible:\n%s", listed))
        vals = {
            "picking_id": picking.id,
            "order_id": picking.sale_id.id,
            "company_id": picking.company_id.id,
            "medium": medium,
            "received_by": received_by.strip(),
            "user_id": self.env.uid,
            "checksum": hash_chain.fingerprint(",".join(f.digest for f in evidence)),
            **values,
        }
        vals["received_on"] = vals.get("received_on") or fields.Datetime.now()
        line_vals = lines._prepare_lines(goods, counted)
        if said := self._find_said(vals, line_vals):
            return said
        vals["line_ids"] = [fields.Command.create(line) for line in line_vals]
        vals["is_different"] = any(
            line["received_qty"] != line["sent_qty"] or line["condition"] != GOOD
            for line in line_vals
        )
        # nobody may create one: the callers have checked who says it
        receipt = self.sudo().create(vals)
        receipt._keep_evidence(evidence)
        receipt._follow()
        return receipt

    @api.model
    def _find_problems(self, picking, received_by, values):
        """Return in words what stands in the way, whatever was received."""
        problems = []
        if not picking._is_delivery():
            problems.append(
                self.env._("%s is no delivery of a sales order", picking.name)
            )
        elif picking.state != "done":
            problems.append(self.env._("%s has not left yet", picking.name))
        if not (received_by or "").strip():
            problems.append(self.env._("say who has received the goods"))
        received_on = values.get("received_on")
        if received_on and received_on > fields.Datetime.now():
            problems.append(self.env._("the day of the receipt is still to come"))
        return problems

    @api.model
    def _find_said(self, vals, line_vals):
        """Return the receipt that says the very same already. A customer in the portal
        says it once."""
        # asked by _record, whose callers have checked who may say it
        said = self.sudo().search(
            [("picking_id", "=", vals["picking_id"]), ("medium", "=", vals["medium"])]
        )
        if vals["medium"] == PORTAL:
            return said[:1]
        words = ("received_by", "checksum")
        return said.filtered(
            lambda receipt: (
                all(receipt[name] == vals[name] for name in words)
                and receipt.line_ids._read_counts() == line_vals
            )
        )[:1]
