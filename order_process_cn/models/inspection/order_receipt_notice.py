from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..document.numbers import give_numbers
from ..mechanism.engine import public_act, take_turns

ISSUED, RECEIVED, CANCELLED = "issued", "received", "cancel"


class OrderReceiptNotice(models.Model):
    """进仓通知单 (F13): goods that passed their inspection may go into the warehouse,
    which takes them over and tells who waits for them (MFG-8)."""

    _name = "order.receipt.notice"
    _inherit = ["order.document.mixin"]
    _description = "Goods-Received Notice"
    _order = "id desc"
    _check_company_auto = True

    _moves = {ISSUED: {RECEIVED, CANCELLED}, RECEIVED: set(), CANCELLED: set()}

    name = fields.Char(string="Notice No.", required=True, readonly=True, default="/")
    state = fields.Selection(
        [(ISSUED, "Issued"), (RECEIVED, "Received"), (CANCELLED, "Cancelled")],
        required=True,
        readonly=True,
        copy=False,
        default=ISSUED,
        index=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    inspection_id = fields.Many2one(
        "order.inspection",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    product_id = fields.Many2one(related="inspection_id.product_id", store=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    lot_name = fields.Char(related="inspection_id.lot_name")
    origin = fields.Char(related="inspection_id.origin", store=True)
    inspector_id = fields.Many2one(related="inspection_id.user_id", string="Inspector")
    is_urgent = fields.Boolean(related="inspection_id.is_urgent")
    user_id = fields.Many2one(
        "res.users",
        string="Followed up by",
        readonly=True,
        help="Who looks after the production order or transfer.",
    )
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    place = fields.Char(string="Location", readonly=True)
    received_by_id = fields.Many2one(
        "res.users",
        string="Received by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    received_on = fields.Datetime(readonly=True, copy=False)

    @api.depends("name", "origin")
    def _compute_display_name(self):
        for notice in self:
            parts = filter(None, [notice.name, notice.origin])
            notice.display_name = " · ".join(parts)

    def _get_form_document(self):
        return self.name

    @api.model
    def _complete(self, vals_list):
        return give_numbers(self, vals_list)

    @api.model
    def _issue_for(self, inspections):
        """Give notice of what these superuser inspections let through; of what was
        given notice before there is none again."""
        asked = []
        for inspection in inspections:
            known = inspection._get_predecessors().notice_ids
            new = inspection._get_credit() - sum(
                known.filtered(lambda n: n.state != CANCELLED).mapped("quantity")
            )
            if inspection.product_id.uom_id.compare(new, 0) > 0:
                source = inspection.production_id or inspection.picking_id
                place = source.location_dest_id
                asked.append(
                    {
                        "company_id": inspection.company_id.id,
                        "inspection_id": inspection.id,
                        "user_id": source.user_id.id,
                        "quantity": new,
                        "place": place.display_name,
                    }
                )
        notices = self.create(asked)
        notices._issue_form("F13")
        return notices

    # -- buttons -----------------------------------------------------------------------

    @public_act
    def action_receive(self):
        """Take these goods over, and tell who waits for them."""
        self._check_may_receive()
        take_turns(self)
        notices = self.sudo()  # checked above
        notices._move_to(RECEIVED)
        notices.write(
            {"received_by_id": self.env.uid, "received_on": fields.Datetime.now()}
        )
        for notice in notices:
            notice._tell_next()
        return True

    @public_act
    def action_cancel(self):
        """Give these notices up: the goods do not come."""
        self._check_may_receive()
        self.sudo()._move_to(CANCELLED)  # checked above
        return True

    def _check_may_receive(self):
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Only the warehouse takes goods over."))
        self.check_access("read")

    # -- who waits for them ------------------------------------------------------------

    def _tell_next(self):
        """Leave a to-do with the next workshop or with whoever sells the goods."""
        unit = self.product_id.uom_id
        words = self.env._(
            "%(quantity)s of %(product)s are in the warehouse (%(notice)s).",
            quantity=unit._spell_with_unit(self.quantity),
            product=self.product_id.display_name,
            notice=self.name,
        )
        for document, user in self._find_waiting():
            document._leave_todo(
                f"received.{self.id}",
                self.env._("Goods have come in"),
                words,
                user=user,
            )

    def _find_waiting(self):
        """Return ``[(document, user)]``: production orders that take the goods, sales
        orders for which they are."""
        inspection = self.inspection_id
        moves = (
            inspection.production_id.move_finished_ids | inspection.picking_id.move_ids
        ).filtered(lambda m: m.product_id == self.product_id)
        after = moves.move_dest_ids
        productions = after.raw_material_production_id
        orders = after.sale_line_id.order_id
        orders |= inspection.production_id._get_all_sale_orders()
        return [
            (document, document.user_id)
            for document in (*productions, *orders)
            if document.user_id and document.state not in {"done", "cancel"}
        ]
