from odoo import api, models
from odoo.tools import plaintext2html

from .engine import clean

TODO = "mail.mail_activity_data_todo"
WARNING = "mail.mail_activity_data_warning"


class MailActivityMixin(models.AbstractModel):
    """To-dos that the order process leaves: the only way in which it does so."""

    _inherit = "mail.activity.mixin"

    def _leave_todo(self, key, summary, note="", user=None, kind=TODO):
        """Leave ``user`` one to-do on each of these documents, and return them.

        One that is there already under the same ``key`` is kept and told the news.
        Nobody becomes a follower by it: he would receive the customer's mail.

        :param str key: what it is about, the same in every language
        :param str summary: in words, as ``note``
        :param str note: text, with line breaks
        :param user: ``res.users``; nobody: whoever acts
        """
        documents = clean(self.with_context(order_no_follower=True))
        user = user or self.env.user
        html = plaintext2html(note) if note else False
        bearers = {document: self._choose_bearer(user, document) for document in self}
        todos = self.env["mail.activity"]
        for bearer in set(bearers.values()):
            own = documents.browse(d.id for d in self if bearers[d] == bearer)
            known = own._find_todos(key, bearer)
            if note:
                known.filtered(lambda todo: todo.note != html).write({"note": html})
            todos |= known
            missing = own - own.browse(known.mapped("res_id"))
            for day, due in missing.grouped(lambda doc: doc._get_todo_day()).items():
                todos |= due.activity_schedule(
                    kind,
                    date_deadline=day,
                    summary=summary,
                    note=html,
                    user_id=bearer.id,
                    order_todo_key=key,
                )
        return todos

    @api.model
    def _choose_bearer(self, user, document):
        """Return who gets the to-do on ``document`` that is meant for ``user``."""
        return user

    def _get_todo_day(self):
        """Return the day of a to-do that is left now on one document, or ``False`` for
        the day of whoever leaves it."""
        return False

    def _find_todos(self, key, user=None):
        """Return the open to-dos that were left on these documents under ``key``."""
        # nobody needs the right to read the to-dos of somebody else to leave him one
        activities = self.env["mail.activity"].sudo()
        domain = [
            ("res_model", "=", self._name),
            ("res_id", "in", self.ids),
            ("order_todo_key", "=", key),
        ]
        if user:
            domain.append(("user_id", "=", user.id))
        return activities.search(domain)
