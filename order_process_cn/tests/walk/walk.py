import logging
from datetime import timedelta
from typing import NamedTuple

from odoo.exceptions import UserError
from odoo.service.model import call_kw

from .acts import ACTS

_logger = logging.getLogger(__name__)


class Step(NamedTuple):
    """One act of somebody; the numbers say which of the possible ones."""

    act: str
    which: int = 0
    what: int = 0


class Walk:
    """One order on its way: takes steps, each in a transaction of its own as far as a
    test can have one, and remembers what was signed."""

    def __init__(self, case, order):
        self.case = case
        self.env = case.env
        self.order = order
        self.done = []
        self.is_refused = False

    # -- acting ------------------------------------------------------------------------

    def take(self, step):
        """Take a step; a refusal undoes it, as in a request.

        :return: whether it was done
        """
        self.case.clock.tick(timedelta(minutes=1))
        done = self._try(ACTS[step.act].play, step)
        self.done.append((step.act, done))
        return done

    def _try(self, play, step):
        try:
            with self.env.cr.savepoint():
                play(self, step.which, step.what)
                self.case._end_of_transaction()
        except UserError as error:
            self.refusal = str(error)
            self.case.forget()
            return False
        finally:
            self.env.invalidate_all()
        return True

    def rpc(self, user, records, method, *args, **kwargs):
        """Call a public method of these records the way a client does."""
        if records:
            model = self._as(user, records._name)
            call_kw(model, method, [records.ids, *args], kwargs)

    def rpc_model(self, user, model, method, *args, **kwargs):
        """Call a public method of a model."""
        return call_kw(self._as(user, model), method, [*args], kwargs)

    def _as(self, user, model):
        return self.env(user=user, context={})[model]

    # -- choosing ----------------------------------------------------------------------

    @staticmethod
    def one_of(options, number):
        """Return one of ``options``, or ``None`` if there are none."""
        options = list(options)
        return options[number % len(options)] if options else None

    def line(self, number):
        return self.one_of(self.order.order_line, number)

    @property
    def review(self):
        return self.order.sudo().review_id

    def open_seats(self):
        return self.review.task_ids.filtered(lambda task: task.state == "open")
