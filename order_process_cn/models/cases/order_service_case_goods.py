from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..mechanism.engine import public_act, take_turns
from .case_states import COLLECTED, COLLECTING, DRAFT, INSPECTED, REQUESTED


class OrderServiceCase(models.Model):
    """The goods of a case: collected by a return transfer into a place that is no
    stock, inspected, put away (AFS-1)."""

    _inherit = "order.service.case"

    # -- collecting --------------------------------------------------------------------

    @public_act
    def action_collect(self):
        """Have the warehouse collect the goods: a return transfer for each delivery
        that they came with.

        :raise UserError: the case is not approved, or more would come back than was
            delivered
        """
        self._check_may_work()
        cases = self.sudo()  # the right was checked above; the gate stands behind
        take_turns(cases.order_id)
        # in words, before the states are compared
        cases.filtered(lambda c: c.state in {DRAFT, REQUESTED})._raise_open_conditions(
            "collect"
        )
        cases._move_to(COLLECTING)
        for case in cases:
            case._make_returns()
        return True

    def _make_returns(self):
        """Make the return transfers of one case, by Odoo's own means."""
        parts = defaultdict(list)
        asked = defaultdict(float)
        for line in self._get_chosen():
            left = line.quantity
            for move, kept in line._get_kept():
                unit = line.product_uom_id
                taken = min(left, kept - asked[move])
                if unit.compare(taken, 0) <= 0:
                    continue
                left -= taken
                asked[move] += taken
                parts[move.picking_id].append((line, move, taken))
            if line.product_uom_id.compare(left, 0) > 0:
                raise UserError(
                    self.env._(
                        "%(product)s: %(left)s of it came with no delivery that can be "
                        "returned. Finish or cancel return transfers that are open.",
                        product=line.product_id.display_name,
                        left=line.product_uom_id._spell_with_unit(left),
                    )
                )
        for picking, own in parts.items():
            transfer = self._return(picking, own, "service_case_line_id")
            transfer.origin = f"{self.display_name} / {picking.name}"

    def _return(self, picking, parts, link):
        """Return a new transfer that takes goods of ``picking`` back where they came
        from.

        :param list parts: ``[(case line, move, quantity in the product's unit), …]``
        :param str link: the field of the moves that names the case line
        """
        wizard = self.env["stock.return.picking"].create(
            {"picking_id": picking.id, "product_return_moves": [Command.clear()]}
        )
        wizard.product_return_moves = [
            Command.clear(),
            *(
                Command.create(
                    {
                        "product_id": move.product_id.id,
                        "move_id": move.id,
                        "quantity": move.product_id.uom_id._compute_quantity(
                            quantity, move.product_uom, rounding_method="HALF-UP"
                        ),
                        "to_refund": True,
                        link: line.id,
                    }
                )
                for line, move, quantity in parts
            ),
        ]
        return wizard._create_return()

    def _has_goods_back(self):
        return any(line.received_qty for line in self.line_ids)

    def _get_came_back(self):
        return self.line_ids.filtered(
            lambda line: line.product_uom_id.compare(line.received_qty, 0) > 0
        )

    def _follow_goods(self):
        """Go on with cases whose goods are back, as far as they will come."""
        for case in self.filtered(lambda case: case.state == COLLECTING):
            moves = case.line_ids.move_ids
            over = all(move.state in {"done", "cancel"} for move in moves)
            if over and case._has_goods_back():
                case._move_to(COLLECTED)
                case._ask_inspection()

    # -- inspecting --------------------------------------------------------------------

    @public_act
    def action_ask_inspection(self):
        """Ask quality once more to look at goods that nobody is asked about.

        :raise UserError: nothing has come back, or quality was asked already
        """
        self._check_may_work()
        take_turns(self)
        cases = self.sudo()  # the right was checked above
        cases = cases.filtered(lambda case: case.state == COLLECTED)
        if not cases._ask_inspection():
            raise UserError(
                self.env._(
                    "Nothing of %s has to be inspected, or quality was asked already.",
                    ", ".join(self.mapped("display_name")),
                )
            )
        return True

    def _ask_inspection(self):
        """Return new inspections of what came back and nobody was asked about."""
        asked = []
        for line in self._get_came_back():
            lots = line.move_ids.move_line_ids.filtered(
                lambda li: li.state == "done"
            )._get_lots()
            for known in line.inspection_ids.filtered(lambda i: i._counts()):
                lots[known.lot_name or ""] -= known.quantity
            asked += [
                line._prepare_inspection(lot, quantity)
                for lot, quantity in lots.items()
                if line.product_uom_id.compare(quantity, 0) > 0
            ]
        return self.env["order.inspection"]._create_asked(asked)

    def _is_inspected(self):
        """Whether all that came back with one case was looked at."""
        self.ensure_one()
        came = self._get_came_back()
        return bool(came) and all(line._is_inspected() for line in came)

    def _follow_inspection(self):
        """Go on with cases whose goods were looked at."""
        for case in self.filtered(lambda case: case.state == COLLECTED):
            if case._is_inspected():
                case._move_to(INSPECTED)
                case._leave_todo(
                    "case.settle",
                    self.env._("Goods are inspected: settle the case"),
                    case.display_name,
                    user=case._get_owner(),
                )

    def _put_away(self, lines):
        """Have the warehouse bring back to stock what has passed of these lines, and
        note what has to be scrapped; people do both."""
        passed, scrapped = defaultdict(float), defaultdict(float)
        for inspection in lines.inspection_ids.filtered(lambda i: i._counts()):
            key = (inspection.product_id, inspection.lot_name or "")
            passed[key] += inspection._get_credit()
            scrapped[key] += inspection.quantity_scrap
        place = self.company_id._get_return_location()
        goods = {key: q for key, q in passed.items() if key[0].uom_id.compare(q, 0) > 0}
        house = self.order_id.warehouse_id
        if goods and house.int_type_id:
            self._bring_to_stock(goods, place, house)
        for (product, lot), quantity in scrapped.items():
            if product.uom_id.compare(quantity, 0) > 0:
                self._ask_scrap(product, lot, quantity, place)

    def _bring_to_stock(self, goods, place, house):
        totals = defaultdict(float)
        for (product, _lot), quantity in goods.items():
            totals[product] += quantity
        ends = {
            "location_id": place.id,
            "location_dest_id": house.lot_stock_id.id,
        }
        transfer = self.env["stock.picking"].create(
            {
                "picking_type_id": house.int_type_id.id,
                "origin": self.display_name,
                "company_id": self.company_id.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "product_uom": product.uom_id.id,
                            "company_id": self.company_id.id,
                            **ends,
                        }
                    )
                    for product, quantity in totals.items()
                ],
                **ends,
            }
        )
        transfer.action_confirm()
        transfer.action_assign()

    def _ask_scrap(self, product, lot, quantity, place):
        lots = self.env["stock.lot"].search(
            [
                ("name", "=", lot),
                ("product_id", "=", product.id),
                ("company_id", "in", [self.company_id.id, False]),
            ],
            limit=1,
        )
        self.env["stock.scrap"].create(
            {
                "product_id": product.id,
                "product_uom_id": product.uom_id.id,
                "scrap_qty": quantity,
                "lot_id": lot and lots.id,
                "location_id": place.id,
                "company_id": self.company_id.id,
                "origin": self.display_name,
            }
        )
