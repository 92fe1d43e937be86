from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..effect.growth import unlocked
from ..effect.take_back import get_all_productions, get_all_purchases
from ..mechanism.engine import clean, take_turns
from ..releases_follow.order_shipping_release import get_open_releases
from ..shipping.release_states import SHIPPED
from .change_papers import reissue_papers
from .change_states import AGREED, APPLIED, ASKED_ONLY, CANCEL, CLOSE


class OrderChangeRequest(models.Model):
    """Writing a change to its order, as a whole or not at all: by Odoo's own methods,
    and as an amendment of what was signed for the order, which counts as long as the
    review of the change stands."""

    _inherit = "order.change.request"

    def _apply(self):
        """Write these changes, as superuser; who may has been checked.

        :raise UserError: what one of them waits for; nothing is written then
        """
        for change in clean(self):
            change._apply_one()

    def _apply_when_ready(self):
        """Write what waits for nothing; the rest as soon as nothing is missing."""
        ready = self._filtered_ready("apply")
        ready._apply()
        (self - ready)._keep_waiting("apply")

    def _apply_one(self):
        order = self.order_id
        # not beside an edit, a signature or another click at the same moment; what the
        # customer says is written on the row that is written below
        take_turns(order)
        if self.state != AGREED:
            if not self._moves[self.state]:  # it has come to its end
                self._check_open()
            raise UserError(
                self.env._("%s is not agreed to yet.", self.display_name),
            )
        # the gate looks at the order as it was signed; the order says what was changed
        quiet = self.with_context(mail_notrack=True)
        quiet.write(
            {"applied_on": fields.Datetime.now(), "applied_by_id": self.env.uid}
        )
        quiet._move_to(APPLIED)
        if self.kind == CANCEL:
            self._cancel_order()
        else:
            self._amend_order()
        effects = self.env["order.change.effect"]._read_of(self)
        reissue_papers(self, effects)
        effects._follow()
        self.env["order.version"]._keep(
            order,
            before=self.base_facts,
            change_id=self.id,
            user_id=self.create_uid.id,
            reason=self._spell_reason(),
            facts=self._read_after(order),
        )
        order._message_log(
            body=self.env._(
                "Changed by %(change)s: %(differences)s",
                change=self.display_name,
                differences=self._spell_log(),
            )
        )

    def _spell_log(self):
        """Return what was changed for the log of the order, which is read by those who
        see no prices."""
        groups = self._get_touched()
        names = self.env["order.fact.group"]._get_names(self.env.lang)
        return ", ".join(names[group] for group in sorted(groups) if group in names)

    # -- goods meanwhile ---------------------------------------------------------------

    def _stop_goods(self, is_under_way):
        """Have what these changes take away, or send elsewhere, stay here as long as
        they are under way; the rest leaves."""
        for change in self:
            stops = is_under_way and bool(change._get_stopped_lines())
            if change.order_id.has_change_under_way != stops:
                change.order_id.has_change_under_way = stops
        self.order_id._mark_for_recheck("shipping")

    def _get_stopped_lines(self):
        """Return the lines of the order whose goods wait for one change."""
        if self.kind in {CANCEL, CLOSE} or "partner_shipping_id" in self._get_header():
            return self.order_id.order_line
        return self.order_id.order_line.browse().concat(*self._get_reduced())

    # -- the order ---------------------------------------------------------------------

    def _amend_order(self):
        """Write the order; who signed it need not sign again, for those whom it touches
        have signed the change. Where nobody reviews changes, they are asked again."""
        order, review = self.order_id, self.review_id
        write = partial(self._write_order)
        if order.review_id and review._is_of(self):
            order._amend(
                write,
                self._get_amended_groups(),
                reason=self._spell_reason(),
                source=self,
                carries=self._get_renewed_kinds(),
            )
        else:
            write()
            self.env.flush_all()
        # what grew was held back until it was approved
        order._launch_growth()
        if {"price", "terms"} & self._get_touched():
            # by how much those who sign them are chosen
            get_open_releases(order)._mark_for_recheck("review")

    def _read_after(self, order):
        """Return the facts of ``order`` after this was written: of one that was
        amended they have just been read."""
        amended = order.review_id and self.review_id._is_of(self)
        return order.review_id.facts if amended else self._read_order(order)

    def _get_renewed_kinds(self):
        """Return the kinds of written confirmations that were renewed with the
        change."""
        return []

    def _write_order(self):
        order, header = self.order_id, self._get_header()
        values = {**header}
        if commands := self.line_ids._get_commands():
            values["order_line"] = self._place(commands)
        with unlocked(order):
            # what core would remind of is done below
            order.with_context(mail_activity_automation_skip=True).write(values)
        if "partner_shipping_id" in header:
            self._get_open_transfers().partner_id = self.new_partner_shipping_id
        if "commitment_date" in header:
            self._shift_dates()

    def _place(self, commands):
        """Put lines that are added below the others."""
        last = max(self.order_id.order_line.mapped("sequence"), default=10)
        return [
            Command.create({"sequence": last + 1, **vals})
            if command == Command.CREATE
            else (command, line_id, vals)
            for command, line_id, vals in commands
        ]

    def _get_open_transfers(self):
        return self.order_id.picking_ids.filtered(
            lambda picking: picking.state not in {"done", "cancel"}
        )

    def _get_open_productions(self):
        """Return the production orders that nobody has begun."""
        return get_all_productions(self.order_id).filtered(
            lambda production: production.state in {"draft", "confirmed"}
        )

    def _shift_dates(self):
        """Move what is planned by as much as the promise moved."""
        delay = self._get_delay()
        for date, pickings in (
            self._get_open_transfers().grouped("scheduled_date").items()
        ):
            pickings.scheduled_date = date and date + delay
        # those of one day at once
        for date, productions in (
            self._get_open_productions().grouped("date_start").items()
        ):
            productions.date_start = date and date + delay
        days = timedelta(days=self._get_days_moved())
        planned = get_open_releases(self.order_id).filtered("planned_on")
        # what has left has left
        for release in planned.filtered(lambda r: r.state != SHIPPED):
            release.planned_on += days

    def _cancel_order(self):
        """End the order: transfers, production that nobody has begun and requests for
        quotation with it; the deposit is settled by the people who do."""
        order = self.order_id
        with unlocked(order):
            order.action_cancel()
        # what was begun is somebody's decision: finish it for stock, or scrap it
        self._get_open_productions().filtered(
            lambda production: production._get_sale_orders() == order
        ).action_cancel()
        get_all_purchases(order).order_line.filtered(
            lambda line: line.order_id.state in ASKED_ONLY
        )._give_back(order)

    # -- the worker --------------------------------------------------------------------

    @api.model
    def _get_recheck_handlers(self):
        return {**super()._get_recheck_handlers(), "apply": "_apply_what_waited"}

    @api.model
    def _get_recheck_followers(self):
        return {
            **super()._get_recheck_followers(),
            "review": {"apply"},
            "apply": {"review"},
        }

    @api.model
    def _get_recheck_labels(self):
        label = self.env._("Applying what was agreed to")
        return {**super()._get_recheck_labels(), "apply": label}

    def _apply_what_waited(self):
        waiting = self.filtered(
            lambda c: c.state == AGREED and c.requested_transition == "apply"
        )
        for change in waiting:
            try:
                # the gate asks what it waits for, once
                with self.env.cr.savepoint():
                    change._apply()
            except UserError:
                if change._filtered_ready("apply"):
                    raise  # it waits for nothing: whoever answers for it is told
