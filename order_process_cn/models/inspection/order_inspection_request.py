from collections import defaultdict

from odoo import api, models

from .families import find_families, get_stock_ids, take_turns_on, weigh
from .order_inspection_point import FINAL, FIRST, INCOMING


class OrderInspection(models.Model):
    """Asking for the inspection of goods that arrive (MFG-7)."""

    _inherit = "order.inspection"

    @api.model
    def _may_any_wait(self):
        """Whether any goods may have to wait. Costs no query."""
        points = self.env["order.inspection.point"]
        return bool(points._get_guarding(INCOMING, FINAL, FIRST))

    @api.model
    def _may_wait(self, product, company):
        """Whether goods of one product may have to wait at all. Costs no query."""
        points = self.env["order.inspection.point"]._get_guarding(INCOMING, FINAL)
        return any(point.is_for(product, company.id) for point in points)

    @api.model
    def _weigh_arriving(self, quantities, stock=None):
        """Return ``({family: Weighed}, {family: moves})`` of what is about to enter.

        :param dict quantities: ``{superuser move: {lot name: quantity}}``
        :param list stock: ids of the locations whose goods are free, if they are known
        """
        # a gate counts the same for everybody
        moves = self.env["stock.move"].sudo().concat(*quantities)
        moves = moves.filtered(lambda m: self._may_wait(m.product_id, m.company_id))
        if not moves:
            return {}, {}
        pending, own = {}, defaultdict(lambda: moves.browse())
        of_move, entered = find_families(moves, stock or get_stock_ids(moves.env))
        for move_id, family in of_move.items():
            move = moves.browse(move_id)
            if family.get_points(move.product_id, move.company_id):
                own[family] |= move
                lots = pending.setdefault(family, defaultdict(float))
                for lot, quantity in quantities[move].items():
                    lots[lot] += quantity
        entered = {family: entered[family] for family in pending}
        weighed = weigh(moves.env, entered, pending) if pending else {}
        return weighed, own

    @api.model
    def _request(self, quantities):
        """Return new inspections of what arrives, as far as nobody was asked.

        :param dict quantities: see :meth:`_weigh_arriving`
        """
        asked, _weighed = self._find_asked(quantities)
        # whoever asks may not create one; the callers have checked who asks
        return self.sudo()._create_asked(asked)

    @api.model
    def _find_asked(self, quantities, stock=None):
        """Return the values of new inspections of what arrives and nobody was asked
        about, and what was weighed, see :meth:`_weigh_arriving`."""
        asked = []
        weighed, own = self._weigh_arriving(quantities, stock)
        # only counted: what has arrived does not depend on who asks
        moves = self.env["stock.move"].sudo()
        every = moves.browse({move for family in weighed for move in family.moves})
        for family, found in weighed.items():
            moves = own[family]
            quantity = min(
                self._count_arrived(family, every, quantities)
                - sum(found.inspections.mapped("quantity")),
                found.excess - found.inspections._get_open(),
            )
            if moves.product_id.uom_id.compare(quantity, 0) > 0:
                lots = {lot for move in moves for lot in quantities[move]}
                asked.append(self._prepare(family, moves, quantity, lots))
        if asked:
            take_turns_on(self.env, weighed)
        return asked, weighed

    @api.model
    def _create_asked(self, vals_list):
        """Return new inspections, told to the inspectors of their points."""
        inspections = self.create(vals_list)
        for inspection in inspections.filtered("user_id"):
            inspection._leave_todo(
                "inspect",
                self.env._("Inspect"),
                inspection.display_name,
                user=inspection.user_id,
            )
        return inspections

    @api.model
    def _count_arrived(self, family, known, quantities):
        """Return how much has come of one arrival, with what comes now: not what is
        only brought further.

        :param known: moves of this and other arrivals, read at once
        """
        every = known.filtered(lambda m: m.id in family.moves)
        # what a subcontractor has made has not come yet
        every = every.filtered(lambda m: m.production_id.bom_id.type != "subcontract")
        first = every
        if len(every) > 1:
            first = every.filtered(lambda m: not m.move_orig_ids & every)
        total = 0.0
        for move in first:
            if move in quantities:
                total += sum(quantities[move].values())
            elif move.state == "done":
                total += move.product_uom._compute_quantity(
                    move.quantity, move.product_id.uom_id
                )
        return total

    def _get_open(self):
        return sum(self.filtered(lambda i: i._is_open()).mapped("quantity"))

    @api.model
    def _prepare(self, family, moves, quantity, lots):
        """Return the values of an inspection of one arrival."""
        move = moves[:1]
        product, company = move.product_id, move.company_id
        point = family.get_points(product, company)[0]
        # how it is inspected: whoever receives need not read it
        points = self.env["order.inspection.point"].sudo().browse(point.id)
        production, picking = move.production_id, move.picking_id
        source = production or picking
        lot = lots.pop() if len(lots) == 1 else ""
        return {
            "kind": point.kind,
            "point_id": point.id,
            "company_id": company.id,
            "product_id": product.id,
            "production_id": production.id,
            "picking_id": not production and picking.id,
            "origin": " / ".join(filter(None, [source.name, source.origin])),
            "partner_name": "" if production else picking.partner_id.name,
            "user_id": points.user_id.id,
            "lot_name": lot,
            "quantity": quantity,
            "line_ids": points._prepare_lines(),
        }

    @api.model
    def _ask_first(self, quantities, stock=None, is_entering=False):
        """Ask for inspection of what is about to enter stock and was never asked about;
        return what tells so, or ``False``.

        :raise UserError: more would enter than has passed
        """
        if is_entering and quantities:
            stock = get_stock_ids(self.env)
            inside = set(stock)
            quantities = {
                move: lots
                for move, lots in quantities.items()
                if move.location_dest_id.id in inside
            }
        asked, weighed = self._find_asked(quantities, stock)
        if asked:
            # as in _request
            return self.sudo()._create_asked(asked)._tell_asked()
        # says what waits, to whoever brings it
        self.env["stock.move.line"].sudo()._raise_uninspected(weighed)
        return False

    def _tell_asked(self):
        """Return the message to whoever has to wait for these new inspections."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self.env._(
                    "Quality was asked to inspect the goods (%s). They enter stock "
                    "when they have passed.",
                    ", ".join(self.mapped("name")),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _open_list(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_inspection_action"
        )
        action["context"] = {}
        action["domain"] = [("id", "in", self.ids)]
        if len(self) == 1:
            action.update(res_id=self.id, views=[(False, "form")])
        return action
