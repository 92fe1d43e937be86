import functools

from odoo.exceptions import UserError
from odoo.tools import SQL

# what a client may not decide for the engine: what is found, in which company, and
# whether to-dos are made
FOREIGN_KEYS = {"active_test", "allowed_company_ids", "mail_activity_automation_skip"}


def clean(records):
    """Return ``records`` without what a client's context could change about the work
    of the engine: ``default_*``, ``active_test``, ``allowed_company_ids`` ….

    Every public act and whatever creates records of the engine begins with it. The
    language stays, for words are for whoever asked.
    """
    context = records.env.context
    foreign = {key for key in context if key.startswith("default_")}
    foreign |= FOREIGN_KEYS & context.keys()
    if not foreign:
        return records
    kept = {key: value for key, value in context.items() if key not in foreign}
    return records.with_env(records.env(context=kept))


def take_turns(records):
    """Let one at a time go on with these records: the first step of every act that
    makes something once, before it looks whether it is there already.

    An update and not a mere lock: whoever comes second fails to serialize, is tried
    again by core, and then sees what the first has made.
    """
    if not records:
        return
    records.env.flush_all()
    records.env.cr.execute(
        SQL(
            "UPDATE %s SET write_date = write_date WHERE id IN %s",
            SQL.identifier(records._table),
            records._ids,
        )
    )


# what a client may tell a public act: in which words and companies it is spoken to, and
# what it was shown
SAID = {"lang", "tz", "uid", "allowed_company_ids", "order_review_seen"}


def public_act(method=None, *, keeps=()):
    """Decorate a public method: the door by which a client comes in.

    It is given each record once, however often the client named it, and nothing of the
    client's context but :data:`SAID`: no ``default_*``, no ``tracking_disable``, no key
    that some core method understands. Everything else that is public and ours is
    refused by a test.

    :param keeps: further keys that the act itself asks for
    """
    if method is None:
        return functools.partial(public_act, keeps=keeps)
    kept = SAID | set(keeps)

    @functools.wraps(method)
    def enter(self, *args, **kwargs):
        records = self
        ids = tuple(dict.fromkeys(self._ids))
        if len(ids) != len(self._ids):
            records = self.browse(ids)
        context = self.env.context
        if not context.keys() <= kept:
            said = {key: value for key, value in context.items() if key in kept}
            records = records.with_env(self.env(context=said))
        try:
            return method(records, *args, **kwargs)
        except ValueError as error:
            # core's words for many where one is meant, and for none
            if str(error) != f"Expected singleton: {records}":
                raise
            words = self.env._("This is done with one at a time: choose one.")
            raise UserError(words) from error

    enter.is_act = True
    return enter
