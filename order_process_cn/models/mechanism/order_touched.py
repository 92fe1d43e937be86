from collections import defaultdict
from functools import partial

from odoo import api, models


class OrderTouched(models.AbstractModel):
    """What a transaction has touched, looked at once, just before it commits."""

    _name = "order.touched"
    _description = "Touched in this Transaction"

    @api.model
    def _collect(self, method, **found):
        """Have ``method`` called once before this transaction commits, with whatever
        it was named for until then: ``{key: {what: None}}``, in the order of naming.

        What a savepoint takes back was never touched: core forgets it.

        :param method: bound to a record set of the environment in which it is to
            work; the one that was named first is called
        :param found: what was touched, iterables of hashable values by a key
        """
        touched = self._touched(method)
        for key, values in found.items():
            touched[key].update(dict.fromkeys(values))

    @api.model
    def _touched(self, method):
        """Return what ``method`` will be called with, to be added to."""
        precommit = self.env.cr.precommit
        name = self._name_of(method)
        if name not in precommit.data:
            precommit.data[name] = defaultdict(dict)
            precommit.add(partial(self._look_at, precommit, name, method))
        return precommit.data[name]

    @api.model
    def _look_now(self, method):
        """Have ``method`` called already, for what is shown before the commit."""
        precommit = self.env.cr.precommit
        name = self._name_of(method)
        if name in precommit.data:
            self.env.flush_all()
            self._look_at(precommit, name, method)

    @staticmethod
    def _look_at(precommit, name, method):
        # taken out first: what is touched from now on is looked at once more; nothing
        # is there when it was looked at before the commit
        if touched := precommit.data.pop(name, None):
            method(touched)

    @api.model
    def _name_of(self, method):
        return f"order.touched {method.__self__._name} {method.__name__}"
