from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..mechanism.engine import public_act, take_turns
from ..progress.steps import check_act_of_sales
from .order_delay_report import DRAFT, REPORTED


class OrderDelayReport(models.Model):
    """What is done with a delay report: reported, told to sales and to the customer;
    the way to another date. [MFG-9]"""

    _inherit = "order.delay.report"

    @public_act
    def action_report(self):
        """Report these delays: sales is told at once.

        :raise UserError: everything that is missing, for all of them at once
        """
        self.check_access("write")
        reports = self._enter()
        take_turns(reports)
        reports._check_complete()
        for report in reports:
            for own in report._spread():
                own._report()
        return True

    def _find_problems(self):
        """Return in words what one report lacks."""
        self.ensure_one()
        if self.state != DRAFT:
            return [self.env._("it was reported already")]
        wanted = ("cause_id", "department_id", "remedy", "new_date")
        problems = self._find_empty(wanted)
        if self.old_date and self.new_date and self.new_date <= self.old_date:
            problems.append(
                self.env._(
                    "it was to be ready on %s: a delay ends later",
                    format_date(self.env, self.old_date),
                )
            )
        return problems

    def _spread(self):
        """Return this report and one for each further order that waits for the same
        production order: each customer is told by himself."""
        self.ensure_one()
        reports = self
        if not self.order_line_id:
            for order in self.production_id._get_all_sale_orders() - self.order_id:
                report = self.copy({"user_id": self.user_id.id})
                report.order_id = order
                reports += report
        return reports

    def _report(self):
        self.ensure_one()
        order = self.order_id
        seller = order.user_id or order.team_id.user_id
        self.write(
            {
                "state": REPORTED,
                "user_id": self.env.uid,
                "reported_on": fields.Datetime.now(),
                "seller_id": seller.id,
            }
        )
        self._emit("reported")
        words = self._spell_delay()
        if self.production_id:
            self.production_id._message_log(body=words)
        if not order:
            return
        order.delay_count += 1
        order._message_log(body=words)
        order._emit("delayed")
        order._leave_todo(
            f"delay.{self.id}",
            self.env._("Late: tell the customer"),
            words,
            user=seller or self.env.user,
        )

    def _spell_delay(self):
        """Return in one line what is late, until when, why and what is done."""
        return self.env._(
            "Delay reported for %(what)s: %(old)s → %(new)s. Cause: %(cause)s "
            "(%(department)s). Remedy: %(remedy)s",
            what=self.display_name,
            old=format_date(self.env, self.old_date) or "?",
            new=format_date(self.env, self.new_date),
            cause=self.cause_id.name,
            department=self.department_id.name,
            remedy=self.remedy,
        )

    # -- the customer ------------------------------------------------------------------

    @public_act
    def action_tell_customer(self):
        """Open the message that tells the customer.

        :raise AccessError: the caller does not work on the order for the customer
        """
        self.ensure_one()
        self.check_access("read")
        order = self.order_id
        check_act_of_sales(order)
        check_delay_untold(order)
        template = self.env.ref("order_process_cn.mail_template_delay")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tell the Customer"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": "sale.order",
                "default_res_ids": order.ids,
                "default_template_id": template.id,
                "default_composition_mode": "comment",
                "default_email_layout_xmlid": "mail.mail_notification_light",
                "default_order_purpose": "delay",
                "force_email": True,
            },
        }

    @public_act
    def action_note_told(self):
        """Note that the customer was told by phone."""
        self.check_access("read")
        orders = self.order_id
        check_act_of_sales(orders)
        check_delay_untold(orders)
        # the right to write the orders was checked
        self.sudo()._filtered_untold()._note_told()
        return True

    def _filtered_untold(self):
        return self.filtered(
            lambda report: report.state == REPORTED and not report.customer_told_on
        )

    def _note_told(self):
        take_turns(self)
        self.write(
            {"customer_told_on": fields.Datetime.now(), "told_by_id": self.env.uid}
        )
        self._emit("customer_told")

    # -- another date ------------------------------------------------------------------

    @public_act
    def action_change_date(self):
        """Open where the date is changed: the delivery schedule of a line that has
        one, else the order. Another addon leads to its change request."""
        self.ensure_one()
        self.check_access("read")
        order = self.order_id
        order.check_access("read")
        line = self.order_line_id
        if line.delivery_part_count:
            return line.action_open_delivery_schedule()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the Date"),
            "res_model": "sale.order",
            "res_id": order.id,
            "views": [(False, "form")],
            "target": "current",
        }


def check_delay_untold(orders):
    """Check that there is something to tell the customers of these orders.

    :raise UserError: naming those of whom no delay is left to be told
    """
    # whether there is one is asked for whoever works on the order
    told = orders.filtered(lambda o: not o.sudo().delay_report_ids._filtered_untold())
    if told or not orders:
        raise UserError(
            orders.env._(
                "No delay is left to be told to the customer (%s).",
                ", ".join(told.mapped("name")) or "-",
            )
        )


def on_delay_told(orders):
    """Note, as superuser, that the customers of these orders know of the delays."""
    orders.delay_report_ids._filtered_untold()._note_told()
