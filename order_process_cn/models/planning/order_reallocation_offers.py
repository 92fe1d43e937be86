from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..mechanism.engine import take_turns
from .order_reallocation import DRAFT
from .sale_order_reallocation import get_taking_rank, may_take_stock


class OrderReallocation(models.Model):
    """Who holds what an order lacks, and what it could take (ALC-3)."""

    _inherit = "order.reallocation"

    # -- opening -----------------------------------------------------------------------

    @api.model
    def _open_for(self, order, production):
        """Return the action that shows what ``order`` may take from others (for
        ``production`` only, if there is one), or one that tells that nobody has to
        lose anything: what is free is reserved first.

        :raise AccessError: the caller may not take stock
        :raise UserError: the order may not, or nothing is to be had
        """
        self._check_may_take()
        # what others hold is shown to whoever may take it
        order, production = order.sudo(), production.sudo()
        if not order or not may_take_stock(order):
            raise UserError(
                self.env._(
                    "Only urgent orders and orders of customers whose class allows it "
                    "take stock that is reserved for others."
                )
            )
        document = self._find_or_create(order, production)
        if document:
            return document._show()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "What lacked was free and is reserved now: nobody loses anything."
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _find_or_create(self, order, production):
        """Return the proposal for ``order``, or nothing when free stock was enough."""
        documents = self.sudo()  # the right to take stock was checked by the caller
        take_turns(order)
        known = documents.search(
            [
                ("order_id", "=", order.id),
                ("production_id", "=", production.id),
                ("state", "=", DRAFT),
            ],
            limit=1,
        )
        if known:
            return known
        taker = production or order
        if not (lacking := taker._get_lacking_moves()):
            raise UserError(
                self.env._("%s lacks nothing that it takes from stock.", taker.name)
            )
        lacking._action_assign()
        if not (lacking := taker._get_lacking_moves()):
            return documents.browse()
        values = self._propose(order, lacking)
        if not values:
            raise UserError(
                self.env._(
                    "Nobody who has to give way holds what %(taker)s lacks: "
                    "%(products)s",
                    taker=taker.name,
                    products=", ".join(lacking.product_id.mapped("display_name")),
                )
            )
        return documents.with_company(order.company_id).create(
            {
                "order_id": order.id,
                "production_id": production.id,
                "line_ids": [Command.create(line) for line in values],
            }
        )

    def _show(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_reallocation_action"
        )
        return {**action, "views": [(False, "form")], "res_id": self.id}

    # -- what is to be had -------------------------------------------------------------

    @api.model
    def _find_offers(self, order, lacking):
        """Return ``{move: (location, move lines)}``: what ``order`` may take of what
        its moves ``lacking`` have not got: never from orders of its own rank."""
        rank = get_taking_rank(order)
        holdings = lacking._find_holdings()
        holders = {move: move._get_demanding_orders() for move in holdings}
        everybody = order.union(*holders.values())  # read at once
        return {
            move: holding
            for move, holding in holdings.items()
            if order not in holders[move]
            and get_taking_rank(holders[move].with_prefetch(everybody.ids)) < rank
        }

    @api.model
    def _propose(self, order, lacking):
        """Return the values of the lines for a new proposal: who was promised his
        goods latest gives first."""
        needs = {}
        for move in lacking:
            key = (move.location_id.id, move.product_id.id)
            needs[key] = needs.get(key, 0.0) + move._get_lacking_quantity()
        Line = self.env["order.reallocation.line"]
        lines = [
            Line._prepare_values(move, *holding)
            for move, holding in self._find_offers(order, lacking).items()
        ]
        for line in sorted(lines, key=lambda line: line["date"], reverse=True):
            key = (line["location_id"], line["product_id"])
            line["quantity"] = min(needs[key], line["reserved_qty"])
            needs[key] -= line["quantity"]
        return lines

    def _get_taker_moves(self):
        """Return the moves of one document's order that lack something now."""
        self.ensure_one()
        return (self.production_id or self.order_id)._get_lacking_moves()

    def _get_lacking(self):
        """Return ``{product: quantity}`` that one document's order lacks now."""
        lacking = {}
        for move in self._get_taker_moves():
            product = move.product_id
            lacking[product] = lacking.get(product, 0.0) + move._get_lacking_quantity()
        return lacking

    def _list_again(self):
        """Bring the lines of one document in line with what others hold now."""
        self.ensure_one()
        Line = self.env["order.reallocation.line"]
        offers = self._find_offers(self.order_id, self._get_taker_moves())
        commands = []
        for line in self.line_ids:
            if line.move_id not in offers:
                commands.append(Command.delete(line.id))
                continue
            values = Line._prepare_values(line.move_id, *offers.pop(line.move_id))
            values["quantity"] = min(line.quantity, values["reserved_qty"])
            commands.append(Command.update(line.id, values))
        commands += [
            Command.create(Line._prepare_values(move, *holding))
            for move, holding in offers.items()
        ]
        self.line_ids = commands

    # -- what has changed --------------------------------------------------------------

    def _find_changes(self):
        """Return, in words, what one document says about reservations it takes from
        and is not so any more."""
        self.ensure_one()
        chosen = self.line_ids.filtered(lambda line: line._is_chosen())
        if not chosen:
            return []
        offers = self._find_offers(self.order_id, self._get_taker_moves())
        changes = []
        for line in chosen:
            now = 0.0
            if line.move_id in offers:
                now = sum(offers[line.move_id][1].mapped("quantity_product_uom"))
            if line.product_uom_id.compare(now, line.reserved_qty):
                changes.append(line._spell_change(now))
        return changes

    def _find_problems(self):
        """Return, in words, why these documents cannot be submitted or carried out."""
        problems = []
        for document in self:
            name = document.display_name
            found = []
            if document.state != DRAFT:
                found.append(self.env._("it is closed already"))
            elif not any(line._is_chosen() for line in document.line_ids):
                found.append(self.env._("no quantity is chosen"))
            else:
                if not may_take_stock(document.order_id):
                    found.append(
                        self.env._("%s may not take stock", document.order_id.name)
                    )
                found += document._find_changes() + document._find_misfits()
            problems += [f"{name}: {problem}" for problem in found]
        return problems

    def _find_misfits(self):
        """Return, in words, where one document takes what its order cannot use."""
        problems = []
        for taken in self._get_taken():
            unit, product = taken.product.uom_id, taken.product
            if unit.compare(taken.rest, 0) > 0:
                problems.append(
                    self.env._(
                        "%(product)s: %(rest)s %(unit)s more are chosen than the order "
                        "lacks",
                        product=product.display_name,
                        rest=unit._spell_quantity(taken.rest),
                        unit=unit.name,
                    )
                )
            problems += [
                self.env._(
                    "%(product)s: %(quantity)s %(unit)s cannot be reserved for "
                    "%(order)s, which counts in %(own)s",
                    product=product.display_name,
                    quantity=unit._spell_quantity(part),
                    unit=unit.name,
                    order=move.picking_id.name or self.order_id.name,
                    own=move.product_uom.name,
                )
                for move, part in taken.parts
                if not move._is_unit_met(part)
            ]
        return problems
