import logging

from odoo import api, models

_logger = logging.getLogger(__name__)


class OrderRecheckMixin(models.AbstractModel):
    """A record that the recheck worker can be asked to look at, by topic.

    A topic is a step that may have become possible. Whoever changes something names
    the first that it may open; what may follow from that step is looked at as well.
    Another addon adds a topic by extending :meth:`_get_recheck_handlers`.
    """

    _name = "order.recheck.mixin"
    _description = "Looked at by the Recheck Worker"

    def _mark_for_recheck(self, *topics, at=None, soon=True):
        """Have the worker look at these records after this transaction, or not before
        the moment ``at``.

        :param topics: codes of :meth:`_get_recheck_handlers`; none: everything
        :param soon: whether somebody waits for it: otherwise nobody calls the
            scheduler, who comes by within a minute, or sooner if anything else calls
        :raise ValueError: a topic that these records do not know
        """
        self.env["order.recheck"]._mark(self, topics, at=at, soon=soon)

    # -- hooks -------------------------------------------------------------------------

    @api.model
    def _get_recheck_handlers(self):
        """Return ``{topic: handler}``, in the order in which they are called: the name
        of a method, or a function of the records.

        It is called by the worker for many records at once and takes a step that
        happens by itself. A UserError means that it is not possible now: the worker
        goes on with the other records and topics, reports it through
        :meth:`_on_recheck_refused`, and tries again when something changes.
        """
        return {}

    @api.model
    def _get_recheck_followers(self):
        """Return ``{topic: {topic, …}}``: what is looked at whenever a topic is, and
        what follows from that in turn."""
        return {}

    @api.model
    def _get_recheck_labels(self):
        """Return ``{topic: label}``, for whoever looks at the queue."""
        return {}

    def _on_recheck_refused(self, message):
        """Called for one record of which a step was refused, with the reason."""
        _logger.error("%s: %s", self, message)

    # -- what the worker calls ---------------------------------------------------------

    def _on_recheck(self, due=None):
        """Take the steps that happen by themselves.

        :param dict due: ``{id: topics}``; all of them unless it is given
        """
        for topic, handler in self._get_recheck_handlers().items():
            concerned = self.filtered(
                lambda record, t=topic: due is None or t in due[record.id]
            )
            if concerned:
                if callable(handler):
                    handler(concerned)
                else:
                    getattr(concerned, handler)()

    @api.model
    def _expand_recheck_topics(self, topics):
        """Return the set of what has to be looked at for ``topics``; none of them means
        everything. What nobody handles any more is left out."""
        handlers = self._get_recheck_handlers().keys()
        if not topics:
            return {*handlers}
        followers = self._get_recheck_followers()
        found, new = set(), {*topics}
        while new:
            found |= new
            new = set().union(*(followers.get(topic, ()) for topic in new)) - found
        return found & handlers
