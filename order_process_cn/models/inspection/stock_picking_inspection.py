from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import public_act, take_turns
from .families import get_stock_ids


class StockPicking(models.Model):
    """The inspection of goods that come in with a transfer (MFG-7)."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "order.inspected.mixin"]

    inspection_ids = fields.One2many(
        "order.inspection",
        "picking_id",
        string="Inspections",
        groups="base.group_user",
    )
    asks_inspection = fields.Boolean(
        compute="_compute_asks_inspection", compute_sudo=True, groups="base.group_user"
    )

    @api.depends("state", "picking_type_id", "move_ids.product_id")
    def _compute_asks_inspection(self):
        self.asks_inspection = False
        inspection = self.env["order.inspection"]
        if not inspection._may_any_wait():
            return
        for picking in self:
            picking.asks_inspection = (
                picking.state not in {"draft", "done", "cancel"}
                and picking.picking_type_code in {"incoming", "internal"}
                and any(
                    inspection._may_wait(move.product_id, move.company_id)
                    for move in picking.move_ids
                )
            )

    def _get_arriving(self):
        """Return ``{move: {lot name: quantity}}`` of what is to enter stock."""
        stock = get_stock_ids(self.env)
        lines = self.move_line_ids.filtered(lambda line: line.state != "cancel")
        lines = lines._filtered_inspected()
        lines = lines.filtered("picked") or lines
        # what is received outside of stock is on its way there
        lines = lines._filtered_entering(stock) | lines.filtered(
            lambda line: (
                line.location_id.usage == "supplier" or line.move_id.is_subcontract
            )
        )
        return {move: own._get_lots() for move, own in lines.grouped("move_id").items()}

    @public_act
    def action_request_inspection(self):
        """Tell quality that goods of these transfers have arrived."""
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Only the warehouse says what has arrived."))
        self.check_access("write")
        take_turns(self)
        transfers = self.sudo()  # checked above; who moves goods sees no points
        inspection = self.env["order.inspection"]
        self._check_asked(inspection._request(transfers._get_arriving()))
        return True

    def _ask_inspection_first(self):
        """Ask for inspection where nobody was asked, and return what tells so; raise if
        something has not passed; ``False``: nothing is to be inspected."""
        transfers = self.sudo()  # whoever moves goods sees no points
        lines = transfers.move_line_ids._filtered_inspected()
        if not lines:
            return False
        stock = get_stock_ids(lines.env)
        arriving = lines._filtered_entering(stock).filtered(
            lambda line: line.state not in {"done", "cancel"} and line.picked
        )
        quantities = {
            move: own._get_lots() for move, own in arriving.grouped("move_id").items()
        }
        return self.env["order.inspection"]._ask_first(quantities, stock)

    def _check_inspected_moved(self):
        """Refuse that a transfer of inspected goods is called done while they are still
        to come in."""
        done = self.filtered(lambda p: p.state == "done").sudo()  # as above
        for move in done.move_ids:
            if move.state not in {"done", "cancel"} and self.env[
                "order.inspection"
            ]._may_wait(move.product_id, move.company_id):
                raise UserError(
                    self.env._(
                        "%s is not done: its goods are not in stock in the books. "
                        "Validate the transfer.",
                        move.picking_id.name,
                    )
                )
