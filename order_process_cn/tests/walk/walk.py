from contextlib import closing
from datetime import timedelta
from typing import NamedTuple

from psycopg2.errors import NotNullViolation

from odoo.exceptions import UserError
from odoo.service.model import call_kw

from ...models.effect.take_back import get_all_productions
from .acts import ACTS


class Step(NamedTuple):
    """One act of somebody; the numbers say which of the possible ones."""

    act: str
    which: int = 0
    what: int = 0


class Content(NamedTuple):
    """What somebody signs for, in figures of our own: not what the addon takes for
    the facts."""

    terms: tuple
    lines: dict

    def covers(self, other):
        return self.terms == other.terms and self.lines == other.lines


class Walk:
    """One order on its way: takes steps, each in a transaction of its own as far as a
    test can have one, and remembers what was signed."""

    def __init__(self, case, order):
        self.case = case
        self.env = case.env
        self.order = order
        self.seen = [self.review.digest]
        self.signed = self.content() if self.order.review_state == "approved" else None
        self.launched_before = self.launched()
        self.done = []

    # -- acting ------------------------------------------------------------------------

    def take(self, step):
        """Take a step; a refusal undoes it, as in a request.

        :return: the words of the refusal, or ``False``
        """
        act = ACTS[step.act]
        self.launched_before = self.launched()
        self.case.clock.tick(timedelta(minutes=1))
        refusal = self.attempt(act.play, self, step.which, step.what)
        self.done.append(f"{step.act}{' refused' if refusal else ''}")
        if self.order.review_state == "approved" and step.act.startswith("sign"):
            self.signed = self.content()
        if act.serves and self.is_served():
            # what the warehouse does for an order in force is its own decision
            self.launched_before = self.launched()
        if self.review.digest not in self.seen:
            self.seen.append(self.review.digest)
        return refusal

    def attempt(self, play, *args):
        """Do something as a request does; return the words of a refusal, or False."""
        try:
            with self.env.cr.savepoint():
                play(*args)
                self.case._end_of_transaction()
        except UserError as error:
            self.case.forget()
            return str(error) or "refused"
        except NotNullViolation as error:
            self.case.forget()
            # a request words it; what of ours is required is asked for before
            name = error.diag.column_name
            model = self.env[error.diag.table_name.replace("_", ".")]
            assert "order_process_cn" not in model._fields[name]._modules, str(error)
            return f"{name} is required"
        finally:
            self.env.invalidate_all()
        return False

    def undone(self):
        """Return a context in which whatever is done is undone at the end."""
        return closing(Undone(self))

    def rpc(self, user, records, method, *args, **kwargs):
        """Call a public method of these records the way a client does."""
        if records:
            model = self._as(user, records._name)
            return call_kw(model, method, [records.ids, *args], kwargs)

    def rpc_model(self, user, model, method, *args, **kwargs):
        """Call a public method of a model."""
        return call_kw(self._as(user, model), method, [*args], kwargs)

    def _as(self, user, model):
        return self.env(user=user, context={})[model]

    # -- choosing ----------------------------------------------------------------------

    @staticmethod
    def one_of(options, number):
        """Return one of ``options``, or ``None`` if there are none."""
        return options[number % len(options)] if options else None

    def line(self, number):
        return self.one_of(self.order.order_line, number)

    @property
    def review(self):
        return self.order.sudo().review_id

    def open_seats(self):
        return self.review.task_ids.filtered(lambda task: task.state == "open")

    def signer_of(self, seat, number=0):
        return self.one_of(seat._candidates().sorted("id"), number)

    def open_transfers(self):
        pickings = self.order.sudo().picking_ids
        return pickings.filtered(lambda p: p.state not in {"done", "cancel"})

    def payments(self):
        payments = self.env["account.payment"]
        return payments.search([("sale_order_id", "=", self.order.id)])

    def choices(self, model):
        """Return a few records that somebody could choose."""
        if model == "res.partner":
            order = self.order.sudo()
            return order.partner_id | self.case.partner | order.partner_id.child_ids
        if model == "product.product":
            return self.case.pump + self.case.made
        records = self.env[model]
        domain = []
        if "company_id" in records._fields:
            domain = [("company_id", "in", (False, self.case.company.id))]
        return records.search(domain, limit=3)

    # -- seeing ------------------------------------------------------------------------

    def content(self):
        order = self.order.sudo()
        shipping = order.partner_shipping_id
        terms = (
            order.payment_term_id.id,
            order.wanted_date,
            order.packing_requirements or "",
            shipping.street or "",
            order.currency_id.id,
        )
        lines = {
            line.id: (
                line.product_id.id,
                round(line._get_ordered_quantity(), 2),
                round(line.price_unit, 2),
                round(line.discount, 2),
            )
            for line in order.order_line
            if not line.display_type
        }
        return Content(terms, lines)

    def launched(self):
        """Return ``{(line id, what): quantity}`` of what was launched, goods that come
        back left out."""
        order = self.order.sudo()
        found = {}
        for line in order.order_line:
            moves = line.move_ids.filtered(
                lambda move: (
                    move.state != "cancel" and move.location_dest_id.usage == "customer"
                )
            )
            found[line.id, "moves"] = sum(moves.mapped("product_qty"))
            bought = line.purchase_line_ids.filtered(lambda one: one.state != "cancel")
            found[line.id, "bought"] = sum(bought.mapped("product_qty"))
        made = get_all_productions(order)
        found[0, "made"] = sum(made.mapped("product_qty"))
        return found

    def is_free(self):
        """Whether no procedure asks for a signature any more: the route is switched off
        and the review it began is over."""
        order = self.order.sudo()
        standing = order.review_state in {"running", "approved", "declined"}
        return not standing and not order._get_review_routes()[order]

    def is_served(self):
        """Whether the order is in force, so that people may work for it."""
        order = self.order.sudo()
        return order.state == "sale" and order.effect_state != "held"

    def is_closed(self):
        """Whether nothing may be launched now, as far as we have seen."""
        if not self.is_served():
            return True
        if self.is_free():
            return False
        return not (self.signed and self.signed.covers(self.content()))


class Undone:
    """A savepoint that is always rolled back, with clock and memory."""

    def __init__(self, walk):
        self.walk = walk
        self.moment = walk.case.clock()
        self.savepoint = walk.env.cr.savepoint()

    def close(self):
        self.savepoint.close(rollback=True)
        self.walk.case.forget()
        self.walk.case.clock.move_to(self.moment)
        self.walk.env.invalidate_all()
