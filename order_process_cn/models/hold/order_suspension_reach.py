from odoo import api, models
from odoo.tools.mail import plaintext2html

from ..mechanism.engine import take_turns
from .order_suspension import PART, WHOLE

CLOSED = {"done", "cancel"}


class OrderSuspension(models.Model):
    """What a suspension reaches: lines, moves and production of the order, and whoever
    has to know."""

    _inherit = "order.suspension"

    @api.model
    def _apply(self, order):
        """Write on one order, its lines and its moves what its open suspensions say."""
        open_ones = self._get_open(order)
        lines = open_ones._get_lines()
        before = order.order_line.filtered("is_suspended")
        (before - lines).is_suspended = False
        (lines - before).is_suspended = True
        whole = any(one.is_whole for one in open_ones)
        order.suspension_state = (WHOLE if whole else PART) if open_ones else False
        giving = open_ones.filtered("gives_back")._get_lines()
        self._give_back(order, giving, open_ones.production_ids)

    @api.model
    def _find_productions(self, order, lines):
        """Return the open production orders made for ``lines`` of one order, with their
        sub-assemblies; what serves others as well is not among them."""
        # whoever suspends an order need not see production
        found = (
            self.env["mrp.production"]
            .sudo()
            .search(
                [
                    ("state", "not in", ["done", "cancel"]),
                    "|",
                    ("sale_line_id", "in", order.order_line.ids),
                    ("reference_ids.sale_ids", "in", order.ids),
                ]
            )
        )
        return found.filtered(lambda p: p._get_served_lines() <= lines)

    @api.model
    def _give_back(self, order, lines, begun):
        """Free what is reserved for ``lines`` of one order and reserve nothing for
        them; let the others reserve again.

        :param begun: production that may be finished keeps its components
        """
        made = self._find_productions(order, order.order_line)
        idle = self._find_productions(order, lines) - begun._get_families()
        own = order.order_line.move_ids | made.move_raw_ids
        giving = own & (lines.move_ids | idle.move_raw_ids)
        new = giving.filtered(
            lambda move: not move.is_given_back and move.state not in CLOSED
        )
        freed = (own - giving).filtered("is_given_back")
        freed.is_given_back = False
        new.is_given_back = True
        new._do_unreserve()
        freed.filtered(lambda m: m.state not in CLOSED | {"draft"})._action_assign()

    @api.model
    def _take_turns(self, order):
        """Whoever launches, starts or ships what is suspended or resumed comes before
        or after, never in between: these rows are written by each of them."""
        take_turns(order)
        take_turns(order.order_line)
        moves = order.order_line.move_ids | order.picking_ids.move_ids
        take_turns(moves.filtered(lambda move: move.state != "done"))
        take_turns(self._find_productions(order, order.order_line))

    @api.model
    def _wake(self, order):
        """Have everything looked at that waited for the order to go on."""
        order._mark_for_recheck("effect", "goods")
        productions = self._find_productions(order, order.order_line)
        waiting = productions.filtered("requested_transition")
        waiting._mark_for_recheck("confirm")

    @api.model
    def _tell(self, order, words, message):
        """Log it on everything that shows it; tell the customer if somebody said so."""
        body = plaintext2html(words)
        order._message_log(body=body, author_id=self.env.user.partner_id.id)
        shown = order.picking_ids.filtered(lambda p: p.state not in CLOSED)
        productions = self._find_productions(order, order.order_line)
        for documents in (shown, productions):
            for document in documents:
                document._message_log(body=body + order._get_html_link())
        if message:
            order.message_post(
                body=plaintext2html(message),
                author_id=self.env.user.partner_id.id,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=order.partner_id.ids,
            )
