from odoo import api, fields, models

from .engine import public_act


class OrderEventMixin(models.AbstractModel):
    """A record that says what happens to it, as events with a name.

    Whoever has to follow listens: :meth:`_on_event` is extended by the time limits,
    and by any addon. The event of a document under a procedure is kept, in the
    transaction of what happened (``order.event``).
    """

    _name = "order.event.mixin"
    _description = "Record with Events"

    def _emit(self, code, at=None, **values):
        """Say that ``code`` happened to these records, now or at the moment ``at``.

        Never raises and decides nothing.

        :param str code: one of :meth:`_get_event_labels`
        :param values: further columns of ``order.event``
        """
        if self:
            at = at or fields.Datetime.now()
            self._keep_event(code, at, **values)
            self._on_event(code, at)

    def _keep_event(self, code, at=None, **values):
        """Keep an event without telling anybody who listens."""
        # whoever acts need not see where the document is
        kept = self.sudo()._filtered_in_process()
        if kept:
            at = at or fields.Datetime.now()
            self.env["order.event"]._note(kept, code, at, values)

    # -- hooks -------------------------------------------------------------------------

    def _on_event(self, code, at):
        """Called when ``code`` happened to these records at the moment ``at``."""

    def _filtered_in_process(self):
        """Return the records that are under a procedure: others keep no history."""
        return self

    @api.model
    def _get_event_labels(self):
        """Return ``{code: label}``: what happens to records of this kind."""
        return {}

    @api.model
    def _get_event_details(self):
        """Return ``{code: {detail: label}}`` where an event has details of its own."""
        return {}

    @public_act
    def action_open_history(self):
        """Open what has happened to this document. [ANA-2]

        :raise AccessError: the caller may not read the document, or no history
        """
        self.ensure_one()
        self.check_access("read")
        self.env["order.event"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_event_action"
        )
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return {**action, "domain": domain, "context": {}}
