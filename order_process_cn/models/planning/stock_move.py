from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

OPEN_STATES = {"confirmed", "partially_available"}


class StockMove(models.Model):
    """Who holds the goods that a move lacks, and handing them over (ALC-3)."""

    _inherit = "stock.move"

    # -- whose it is -------------------------------------------------------------------

    def _get_demanding_production(self):
        """Return the production order that one move brings components to."""
        self.ensure_one()
        raw = self.raw_material_production_id
        return raw or self.move_dest_ids.raw_material_production_id[:1]

    def _get_demanding_orders(self):
        """Return the sales orders that one move is made for."""
        self.ensure_one()
        production = self._get_demanding_production()
        return (
            self.sale_line_id.order_id
            | production._get_all_sale_orders()
            | self.reference_ids.sale_ids
        )

    # -- lacking -----------------------------------------------------------------------

    def _filtered_lacking(self):
        """Return the moves that take from stock and have not got everything.

        In a chain (pick, pack, ship) that is the first step: the later ones take what
        the one before brought.
        """
        return self.filtered(
            lambda move: (
                move.state in OPEN_STATES
                and not move.picked
                and not move.move_orig_ids
                and move.procure_method == "make_to_stock"
                and not move._should_bypass_reservation()
                and move.product_uom.compare(move.quantity, move.product_uom_qty) < 0
            )
        )

    def _get_reserved_quantity(self):
        """Return what one move has got, in the unit of the product."""
        self.ensure_one()
        return sum(self.move_line_ids.mapped("quantity_product_uom"))

    # -- held by others ----------------------------------------------------------------

    def _find_holdings(self):
        """Return ``{move: (location, move lines)}``: what other moves have reserved of
        what these lack, in the locations these take it from.

        Never what was picked or packed, and never of another company. The number of
        queries does not depend on how many moves hold something.
        """
        holdings = {}
        if not self:
            return holdings
        # the wider location first: a move that holds in both is listed once
        needs = sorted(
            {(move.location_id, move.product_id) for move in self},
            key=lambda need: need[0].parent_path,
        )
        lines = self.env["stock.move.line"].search(self._holdings_domain(needs))
        for line in lines:
            inside = line.location_id.parent_path
            location = next(
                need[0]
                for need in needs
                if need[1] == line.product_id and inside.startswith(need[0].parent_path)
            )
            known = holdings.setdefault(line.move_id, (location, line.browse()))
            if known[0] == location:
                held = (known[1] + line).with_prefetch(lines.ids)
                holdings[line.move_id] = (location, held)
        return holdings

    def _holdings_domain(self, needs):
        products_at = defaultdict(list)
        for location, product in needs:
            products_at[location].append(product.id)
        places = Domain.OR(
            Domain("location_id", "child_of", location.id)
            & Domain("product_id", "in", product_ids)
            for location, product_ids in products_at.items()
        )
        return (
            places
            & self._free_to_give_domain()
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("move_id", "not in", self.ids)
        )

    @api.model
    def _free_to_give_domain(self):
        """Return the domain of the move lines that only reserve: nobody has taken the
        goods off the shelf or packed them for somebody."""
        return Domain(
            [
                ("state", "in", ["assigned", "partially_available"]),
                ("picked", "=", False),
                ("move_id.picked", "=", False),
                ("quantity_product_uom", ">", 0),
                "|",
                ("result_package_id", "=", False),
                ("is_entire_pack", "=", True),
            ]
        )

    # -- handing over ------------------------------------------------------------------

    def _lock_reservations(self):
        """Let nobody else reserve for, pick or deliver these moves until this
        transaction ends.

        Always in the order moves, move lines, quants, each by id. Waits for whoever is
        at it; if he changed a row that this transaction has seen differently, the
        database refuses, and Odoo runs the request again on fresh data. Core's own
        locks would not do: ``lock_for_update`` gives up at once, and a quant that core
        finds locked it doubles.
        """
        self.env.flush_all()
        ids = tuple(self.ids)
        for query in (
            SQL(
                "SELECT id FROM stock_move WHERE id IN %s "
                "ORDER BY id FOR NO KEY UPDATE",
                ids,
            ),
            SQL(
                "SELECT id FROM stock_move_line WHERE move_id IN %s "
                "ORDER BY id FOR UPDATE",
                ids,
            ),
            SQL(
                """SELECT id FROM stock_quant WHERE (product_id, location_id) IN (
                       SELECT product_id, location_id FROM stock_move_line
                        WHERE move_id IN %s
                   ) ORDER BY id FOR NO KEY UPDATE""",
                ids,
            ),
        ):
            self.env.execute_query(query)

    def _give_up(self, quantity, location):
        """Free ``quantity`` of what one move has reserved inside ``location``, what
        was reserved last first; what is picked or packed is left alone.

        :param quantity: in the unit of the product
        :raise UserError: the move does not hold as much
        """
        self.ensure_one()
        uom, left = self.product_id.uom_id, quantity
        given = self.env["stock.move.line"]
        held = self.move_line_ids.filtered_domain(self._free_to_give_domain())
        for line in held.sorted("id", reverse=True):
            if uom.compare(left, 0) <= 0:
                break
            if not line.location_id.parent_path.startswith(location.parent_path):
                continue
            if uom.compare(line.quantity_product_uom, left) <= 0:
                left -= line.quantity_product_uom
                given += line
            else:
                # in the unit of the product: a part of a dozen stays exact
                rest = {"quantity": line.quantity_product_uom - left}
                if line.product_uom_id != uom:
                    rest["product_uom_id"] = uom.id
                line.write(rest)
                left = 0.0
        if uom.compare(left, 0) > 0:
            raise UserError(
                self.env._(
                    "%(move)s does not hold %(quantity)s %(unit)s any more.",
                    move=self.display_name,
                    quantity=uom._spell_quantity(quantity),
                    unit=uom.name,
                )
            )
        given.unlink()

    def _leave_finished_chain(self):
        """Have moves whose goods all came and were given away take from stock again:
        nothing more will come to them by the chain, and core would look for goods of
        the same lot only."""
        self.filtered(
            lambda move: (
                move.move_orig_ids
                and set(move.move_orig_ids.mapped("state")) <= {"done", "cancel"}
            )
        ).write({"procure_method": "make_to_stock", "move_orig_ids": [Command.clear()]})

    def _reserve_exactly(self, quantity):
        """Reserve ``quantity`` more for one move, neither less nor more.

        :param quantity: in the unit of the product
        :raise UserError: core reserved something else
        """
        self.ensure_one()
        uom = self.product_id.uom_id
        before = self._get_reserved_quantity()
        self._action_assign(
            force_qty=uom._compute_quantity(quantity, self.product_uom, round=False)
        )
        # with a forced quantity core calls the move fully assigned
        self._recompute_state()
        gained = self._get_reserved_quantity() - before
        if uom.compare(gained, quantity):
            raise UserError(
                self.env._(
                    "%(move)s would get %(gained)s %(unit)s instead of the approved "
                    "%(quantity)s: nothing was changed.",
                    move=self.display_name,
                    gained=uom._spell_quantity(gained),
                    quantity=uom._spell_quantity(quantity),
                    unit=uom.name,
                )
            )

    def _share_out(self, quantity):
        """Return ``([(move, part), …], rest)``: how ``quantity`` (in the unit of the
        product) is spread over these moves of one product, the first due first."""
        parts = []
        for move in self.sorted(lambda m: (-int(m.priority or 0), m.date, m.id)):
            part = min(quantity, move._get_lacking_quantity())
            if move.product_id.uom_id.compare(part, 0) > 0:
                parts.append((move, part))
                quantity -= part
        return parts, quantity

    def _is_unit_met(self, quantity):
        """Whether core would reserve exactly ``quantity`` (in the unit of the product)
        for one move: it counts in the move's own unit and never reserves beyond it."""
        self.ensure_one()
        uom = self.product_id.uom_id
        own = uom._compute_quantity(quantity, self.product_uom, rounding_method="DOWN")
        back = self.product_uom._compute_quantity(own, uom, rounding_method="HALF-UP")
        whole = uom.compare(quantity, int(quantity)) == 0
        return not uom.compare(back, quantity) and (
            whole or self.product_id.tracking != "serial"
        )
