import logging

from odoo import models

_logger = logging.getLogger(__name__)


class OrderRecheckMixin(models.AbstractModel):
    """A record that the recheck worker can be asked to look at."""

    _name = "order.recheck.mixin"
    _description = "Looked at by the Recheck Worker"

    def _mark_for_recheck(self, at=None):
        """Have the worker look at these records after this transaction, or not before
        the moment ``at``."""
        self.env["order.recheck"]._mark(self, at=at)

    def _on_recheck(self):
        """Called by the worker: take the steps that happen by themselves.

        A UserError means that a step is not possible now: the worker goes on with the
        others, reports it through :meth:`_on_recheck_refused`, and tries again when
        something changes.
        """

    def _on_recheck_refused(self, message):
        """Called for one record whose step was refused, with the reason."""
        _logger.error("%s: %s", self, message)
