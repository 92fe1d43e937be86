from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import public_act, take_turns


class MrpProduction(models.Model):
    """The inspection of what was made, before it enters stock (MFG-7)."""

    _name = "mrp.production"
    _inherit = ["mrp.production", "order.inspected.mixin"]

    inspection_ids = fields.One2many(
        "order.inspection",
        "production_id",
        string="Inspections",
        groups="base.group_user",
    )
    asks_inspection = fields.Boolean(
        compute="_compute_asks_inspection", compute_sudo=True, groups="base.group_user"
    )

    @api.depends("state", "product_id")
    def _compute_asks_inspection(self):
        self.asks_inspection = False
        inspection = self.env["order.inspection"]
        if not inspection._may_any_wait():
            return
        for production in self:
            production.asks_inspection = (
                production.state not in {"draft", "done", "cancel"}
                and production.bom_id.type != "subcontract"
                and bool(
                    production._filtered_inspected_moves()
                    or production._find_first_article_point()
                )
            )

    def _filtered_inspected_moves(self):
        """Return the moves of what is still being made and may have to wait."""
        inspection = self.env["order.inspection"]
        return self.move_finished_ids.filtered(
            lambda m: (
                m.state not in {"done", "cancel"}
                and inspection._may_wait(m.product_id, m.company_id)
            )
        )

    def _get_arriving(self):
        """Return ``{finished move: {lot name: quantity}}`` of what is being made."""
        quantities = {}
        if self.env["order.inspection"]._may_any_wait():
            for production in self:
                seen = self.env["product.product"]
                for move in production._filtered_inspected_moves():
                    if move.product_id not in seen:
                        quantities[move] = production._get_made(move)
                        seen |= move.product_id
        return quantities

    def _get_made(self, move):
        """Return ``{lot name: quantity}`` of what one order makes with one move."""
        if move.product_id != self.product_id:
            return {"": move.quantity or move.product_qty}
        lots = self.lot_producing_ids.mapped("name")
        quantity = self.product_uom_id._compute_quantity(
            self.qty_producing or self.product_qty, move.product_id.uom_id
        )
        return {lots[0] if len(lots) == 1 else "": quantity}

    @public_act
    def action_request_inspection(self):
        """Tell quality that goods are made."""
        if not self.env.user.has_group("mrp.group_mrp_user"):
            raise AccessError(self.env._("Only production says what is made."))
        self.check_access("write")
        take_turns(self)
        productions = self.sudo()  # checked above; who produces sees no points
        inspections = self.env["order.inspection"].sudo()
        first = inspections._create_asked(productions._prepare_first_articles())
        # what has to pass first is made before the rest
        rest = not first and inspections._request(productions._get_arriving())
        self._check_asked(first or rest)
        return True

    def _ask_inspection_first(self):
        """As of transfers. What goes through a transfer of its own waits there."""
        productions = self.sudo()  # whoever produces sees no points
        return self.env["order.inspection"]._ask_first(
            productions._get_arriving(), is_entering=True
        )

    def _check_made_received(self):
        """Refuse that an order is called done whose inspected goods are nowhere."""
        if not self.env["order.inspection.point"]._get_guarding("final"):
            return
        for production in self.sudo():  # as above
            if (
                production.state == "done"
                and self.env["order.inspection"]._may_wait(
                    production.product_id, production.company_id
                )
                and any(
                    move.state not in {"done", "cancel"}
                    for move in production.move_finished_ids
                )
            ):
                raise UserError(
                    self.env._(
                        "%s is not done: what was made is not in stock in the "
                        "books. Produce it.",
                        production.display_name,
                    )
                )
