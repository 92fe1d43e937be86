from typing import Any, NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import plaintext2html

from ..mechanism.engine import public_act
from ..mechanism.mail_activity_mixin import WARNING
from .order_reallocation import DONE


class Taken(NamedTuple):
    """What is taken of one product in one location: which moves get how much, and what
    is too much for them."""

    product: Any
    location: Any
    parts: list
    rest: float


class OrderReallocation(models.Model):
    """Carrying an approved re-allocation out: in one transaction, or not at all."""

    _inherit = "order.reallocation"

    @public_act
    def action_execute(self):
        """Take exactly what was approved.

        :raise AccessError: the caller may not take stock
        :raise UserError: it is not approved as it is, or something changed meanwhile
        """
        self._check_may_take()
        self.check_access("write")
        documents = self.sudo()  # group and rights were checked; the gate stands behind
        # whoever signs, edits or carries out at the same moment comes after this
        documents.review_id._lock()
        documents._raise_open_conditions("execute")
        for document in documents.sorted("id"):
            document.with_company(document.company_id)._execute()
        documents.review_id._note("execute")
        return True

    def _execute(self):
        """Free what the others hold, reserve it for the order, have the others reserve
        what else is there."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line._is_chosen())
        takers, victims = self._get_taker_moves(), lines.move_id
        (takers | victims)._lock_reservations()
        if problems := self._find_problems():
            raise UserError(
                self.env._(
                    "Nothing was taken:\n%s\nList again what others hold and have it "
                    "approved.",
                    "\n".join(problems),
                )
            )
        taken = self._get_taken()
        for line in lines.sorted(lambda line: line.move_id.id):
            line.move_id._give_up(line.quantity, line.location_id)
        for move, part in (part for item in taken for part in item.parts):
            move._reserve_exactly(part)
        victims._leave_finished_chain()
        victims._action_assign()
        self.write({"done_on": fields.Datetime.now(), "done_by_id": self.env.uid})
        self._move_to(DONE)
        self._log_taken(lines)
        self._tell_losers(lines)
        # what the others were promised, and where they stand, follows from the stock
        (lines.order_id | self.order_id)._mark_for_recheck("promise", "goods", "effect")

    def _get_taken(self):
        """Return ``[Taken, …]`` for the chosen quantities of one document, as its
        order would get them now."""
        self.ensure_one()
        takers = self._get_taker_moves()
        chosen = self.line_ids.filtered(lambda line: line._is_chosen())
        taken = []
        for (product, location), lines in chosen.grouped(
            lambda line: (line.product_id, line.location_id)
        ).items():
            own = takers.filtered(
                lambda move, product=product, location=location: (
                    (move.product_id, move.location_id) == (product, location)
                )
            )
            parts, rest = own._share_out(sum(lines.mapped("quantity")))
            taken.append(Taken(product, location, parts, rest))
        return taken

    # -- telling -----------------------------------------------------------------------

    def _log_taken(self, lines):
        """Note what was taken with this document and both orders."""
        words = {line: line._spell() for line in lines}
        told = {self: lines, self.order_id: lines}
        if self.production_id:
            told[self.production_id] = lines
        for line in lines:
            for loser in line._get_losers():
                told[loser] = told.get(loser, lines.browse()) | line
        link = self._get_html_link()
        head = self.env._("%s takes reserved stock:", self.order_id.name)
        for document, own in told.items():
            body = plaintext2html("\n".join([head, *(words[line] for line in own)]))
            document._message_log(body=body if document == self else body + link)

    def _tell_losers(self, lines):
        """Leave those in charge of what loses stock one to-do for each document."""
        losses = {}
        for line in lines:
            for loser in line._get_losers():
                losses[loser] = losses.get(loser, lines.browse()) | line
        for loser, own in losses.items():
            owner = (loser.user_id or self.user_id).filtered("active") or self.env.user
            spoken = self.with_context(lang=owner.lang)
            loser._leave_todo(
                self._get_loss_key(),
                spoken.env._("Stock taken: %s", self.display_name),
                spoken._spell_loss(own),
                user=owner,
                kind=WARNING,
            )

    def _get_loss_key(self):
        return f"reallocation.loss.{self.id}"

    def _spell_loss(self, lines):
        lines = lines.with_env(self.env)
        return "\n".join(
            [
                self.env._(
                    "%(order)s comes first and takes what was reserved here. See when "
                    "you can deliver, and tell the customer.",
                    order=self.order_id.name,
                ),
                *(line._spell() for line in lines),
                *filter(None, [self.reason]),
            ]
        )

    def _add_to_note(self, line):
        """Add what the forecast says about one line to the to-do of its owner."""
        order = line.order_id
        owner = (order.user_id or self.user_id).filtered("active")
        spoken = self.with_context(lang=owner.lang, tz=owner.tz)
        note = line.with_env(spoken.env)._spell_date()
        todo = order._find_todos(self._get_loss_key())
        if todo:
            todo[0].note = (todo[0].note or "") + plaintext2html(note)
        else:
            # somebody has ticked it off already: the date is news
            order._tell_owner(note, key="reallocation.date")
