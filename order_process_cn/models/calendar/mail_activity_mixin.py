from odoo import fields, models


class MailActivityMixin(models.AbstractModel):
    _inherit = "mail.activity.mixin"

    def _get_todo_day(self):
        """Return the day of a to-do that is left now on one document: the company's.

        Whoever leaves it, a worker or a customer, may live in another zone or in none;
        what is left before eight o'clock in China would be late from the beginning.
        """
        company = self.env.company
        if "company_id" in self._fields:
            company = self.company_id or company
        return company._calendar_day(fields.Datetime.now())
