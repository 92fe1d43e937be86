from datetime import timedelta

from odoo import api, fields, models

from .order_bot import WINDOW

FORGET_AT_ONCE = 1000


class OrderBotMessage(models.Model):
    """What a bot says to its group, and whether it was heard.

    Written with what it tells about, posted by the recheck worker in a transaction of
    its own: one message of a bot at a time, so that what was sent is noted before the
    next goes out. A process that dies between the two sends that one message twice.
    """

    _name = "order.bot.message"
    _inherit = ["order.engine.mixin", "order.recheck.mixin"]
    _description = "Message of a Group Bot"
    _order = "id desc"
    _rec_name = "text"

    bot_id = fields.Many2one(
        "order.bot", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    review_id = fields.Many2one(
        "order.review", readonly=True, index="btree_not_null", ondelete="set null"
    )
    text = fields.Text(required=True, readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("sent", "Sent"), ("failed", "Failed")],
        required=True,
        readonly=True,
        default="waiting",
    )
    tries = fields.Integer(string="Attempts", readonly=True)
    next_try = fields.Datetime(string="Next Attempt", readonly=True)
    tried_at = fields.Datetime(string="Last Attempt", readonly=True)
    sent_at = fields.Datetime(string="Sent on", readonly=True)
    last_error = fields.Char(readonly=True)

    _waiting_idx = models.Index("(bot_id, id) WHERE state = 'waiting'")
    _tried_idx = models.Index("(bot_id, tried_at)")

    # -- posting -----------------------------------------------------------------------

    @api.model
    def _get_recheck_handlers(self):
        return {**super()._get_recheck_handlers(), "message": "_post_waiting"}

    @api.model
    def _get_recheck_labels(self):
        labels = super()._get_recheck_labels()
        return {**labels, "message": self.env._("Message of a bot")}

    def _post_waiting(self):
        """Post what waits. Called by the recheck worker; never raises."""
        for bot in self.bot_id:
            self._work_for(bot)

    @api.model
    def _work_for(self, bot):
        """Post the oldest message of ``bot`` that is due; come back for the rest."""
        waiting = self.search(
            [("bot_id", "=", bot.id), ("state", "=", "waiting")], order="id"
        )
        if not bot.active:
            waiting.write({"state": "failed", "last_error": "the bot was archived"})
            return
        now = fields.Datetime.now()
        due = waiting.filtered(lambda m: not m.next_try or m.next_try <= now)
        later = self._find_next_slot(bot, now) if due else None
        if due and not later:
            due._post_first(bot)
            waiting = waiting.filtered(lambda message: message.state == "waiting")
        if waiting:
            at = later or min(message.next_try or now for message in waiting)
            waiting[0]._mark_for_recheck("message", at=at)

    @api.model
    def _find_next_slot(self, bot, now):
        """Return when ``bot`` may speak again, or ``None`` if it may now."""
        recent = self.search(
            [("bot_id", "=", bot.id), ("tried_at", ">", now - WINDOW)],
            order="tried_at desc",
            limit=bot.limit_per_minute,
        )
        if len(recent) < bot.limit_per_minute:
            return None
        return recent[-1].tried_at + WINDOW

    def _post_first(self, bot):
        """Post the first of these messages, which are due.

        A platform that cannot be reached, or asks to wait, has been asked for all of
        them: a dead bot costs one attempt, not one for each message.
        """
        first = self[0]
        ok, error, retry = bot._post(first.text)
        now = fields.Datetime.now()
        first.tried_at = now
        if ok:
            first.write(first._prepare_outcome(""))
        elif retry:
            for message in self:
                message._try_later(error, now, bot._get_retry_gaps())
        else:
            first.write(first._prepare_outcome(error))

    def _try_later(self, error, now, gaps):
        if self.tries >= len(gaps):
            self.write(self._prepare_outcome(error))
            return
        self.write(
            {
                "next_try": now + gaps[self.tries],
                "tries": self.tries + 1,
                "last_error": error,
            }
        )

    def _prepare_outcome(self, error):
        """Return the values of a message that is done with."""
        return {
            "state": "failed" if error else "sent",
            "sent_at": False if error else fields.Datetime.now(),
            "tries": self.tries + 1,
            "next_try": False,
            "last_error": error,
        }

    @api.model
    def _log_attempt(self, bot, text, error):
        """Keep what was posted by hand; it counts for the limit as well."""
        self.create(
            {
                "bot_id": bot.id,
                "company_id": bot.company_id.id,
                "text": text,
                "tried_at": fields.Datetime.now(),
                **self._prepare_outcome(error),
            }
        )

    # -- forgetting --------------------------------------------------------------------

    @api.autovacuum
    def _gc_messages(self):
        now, done = fields.Datetime.now(), [("state", "!=", "waiting")]
        for (bot,) in self._read_group(done, ["bot_id"]):
            oldest = now - timedelta(days=bot.keep_days)
            own = [("bot_id", "=", bot.id), ("create_date", "<", oldest)]
            self.search(done + own, limit=FORGET_AT_ONCE).unlink()
