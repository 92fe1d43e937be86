from datetime import timedelta

from odoo import api, fields, models

from ...tools import arguments
from .stages import STAGES

# how a reason is used up; the rest of it never changes
USE = {"used_on", "at_stage", "changes"}


class OrderEditReason(models.Model):
    """Why somebody changed an order where a rule asks for a reason (CHG-4).

    Append-only: given by the person, used up by his next change, and kept with what
    was changed. One that was given and not used is worth nothing after a while.
    """

    _name = "order.edit.reason"
    _inherit = ["order.append.only.mixin", "order.engine.mixin"]
    _description = "Reason for Changing an Order"
    _order = "id desc"
    _rec_name = "reason"

    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    reason = fields.Text(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Changed by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    date = fields.Datetime(
        string="Given on", required=True, readonly=True, default=fields.Datetime.now
    )
    used_on = fields.Datetime(string="Changed on", readonly=True)
    at_stage = fields.Selection(STAGES, string="Stage", readonly=True)
    # prices stand in it: read by way of the summary
    changes = fields.Json(readonly=True, groups="base.group_system")
    summary = fields.Text(
        string="What Was Changed", compute="_compute_summary", compute_sudo=False
    )

    @api.depends("changes")
    @api.depends_context("uid", "lang")
    def _compute_summary(self):
        spell = self.env["order.edit.rule"]._spell_edit
        for reason in self:
            # in words that hide prices from who sees none
            known = reason.sudo()
            reason.summary = "\n".join(
                spell(known.order_id, change) for change in known.changes or ()
            )

    def _check_alteration(self, vals):
        if vals.keys() - USE or any(reason.used_on for reason in self):
            super()._check_alteration(vals)

    # -- giving, using -----------------------------------------------------------------

    @api.model
    def _give(self, order, text):
        """Note why the caller is going to change one order, or has just changed it."""
        text = arguments.text(self.env, "edit_reason", text).strip()
        if text:
            order.check_access("write")
            self.sudo().create(  # checked above
                {"order_id": order.id, "reason": text, "user_id": self.env.uid}
            )

    @api.model
    def _find_for(self, order, user):
        """Return the reason that a person has given for what he changes of one order
        in this transaction, the last one."""
        minutes = arguments.limit(self.env, "edit_reason_minutes")
        now = fields.Datetime.now()
        return self.search(
            [
                ("order_id", "=", order.id),
                ("user_id", "=", user.id),
                ("date", ">=", now - timedelta(minutes=minutes)),
                # a transaction may be looked at more than once
                "|",
                ("used_on", "=", False),
                ("used_on", "=", self._get_moment()),
            ],
            limit=1,
        )

    @api.model
    def _get_moment(self):
        """Return what tells one transaction from the others."""
        return self.env.cr.now().replace(microsecond=0)

    def _use(self, stage, changes):
        """Keep with one reason what it was given for; say it on the order."""
        self.ensure_one()
        use = {"used_on": self._get_moment(), "at_stage": stage, "changes": changes}
        if self.used_on:
            self.copy(use)
        else:
            self.write(use)
        order = self.order_id
        order._message_log(
            body=self.env._(
                "Changed with a reason (%(what)s): %(reason)s",
                what=self._name_changed(changes),
                reason=self.reason,
            ),
            author_id=self.user_id.partner_id.id,
        )
        order._emit("edited", detail=self.reason)

    def _name_changed(self, changes):
        """Return what was changed, without values: whoever reads the order reads it."""
        names = self.env["order.edit.rule"]._name_subjects(self.env.lang or "en_US")
        groups = dict.fromkeys(change["group"] for change in changes)
        return ", ".join(names.get(group, group) for group in groups)
