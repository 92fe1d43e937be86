from math import isfinite

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..changes.change_states import (
    AGREED,
    APPLIED,
    CANCELLED,
    DRAFT,
    OPEN,
    REFUSED,
    REQUESTED,
)
from ..mechanism.engine import clean, take_turns

MOST = 10**9  # whatever a stranger types, a quantity is a quantity
LONGEST = 2000


class OrderChangeRequest(models.Model):
    """A change that the customer asked for on the page of his order (P13): a draft that
    the salesperson takes up. What he asked for is kept as he said it.

    :param order: superuser record everywhere: its page was opened before
    """

    _inherit = "order.change.request"

    is_from_portal = fields.Boolean(
        string="Asked for in the Portal", readonly=True, copy=False
    )
    # {"lines": [{"line", "from", "to", "date"}], "note"}: in his words and numbers
    asked = fields.Json(readonly=True, copy=False, groups="base.group_system")
    asked_text = fields.Text(
        string="What the Customer Asked For",
        compute="_compute_asked_text",
        compute_sudo=True,
    )
    asked_by = fields.Char(string="Asked for by", readonly=True, copy=False)
    asked_from = fields.Char(string="Internet Address", readonly=True, copy=False)
    answer_to_customer = fields.Text(
        copy=False, help="Shown to the customer on the page of his request."
    )

    @api.depends("asked")
    @api.depends_context("lang")
    def _compute_asked_text(self):
        for change in self:
            rows = [f"{what}: {told}" for what, told in change._get_asked_rows()]
            change.asked_text = "\n".join(rows)

    def _get_asked_rows(self):
        """Return ``[(what, words), …]`` of what the customer of one change said."""
        asked, rows = self.asked or {}, []
        for said in asked.get("lines", ()):
            line = self.env["sale.order.line"].browse(said["line"])
            spell = line.product_uom_id._spell_with_unit
            told = []
            if said["to"] is not None:
                told.append(f"{spell(said['from'])} → {spell(said['to'])}")
            if said["date"]:
                told.append(self.env._("wanted on %s", said["date"]))
            rows.append((line.product_id.display_name, ", ".join(told)))
        if asked.get("note"):
            rows.append((self.env._("Note"), asked["note"]))
        return rows

    # -- what he sees ------------------------------------------------------------------

    def _is_shown_to_customer(self):
        return self.is_from_portal or super()._is_shown_to_customer()

    def _get_portal_rows(self):
        if not self.is_from_portal:
            return super()._get_portal_rows()
        # what we make of it is shown once we stand by it
        rows = super()._get_portal_rows() if self.state in {AGREED, APPLIED} else []
        if not rows:
            label = self._fields["state"]._description_string(self.env)
            rows = [(label, self._spell_for_portal("state"))]
        rows += self._get_asked_rows()
        if self.answer_to_customer:
            rows.append((self.env._("Our Answer"), self.answer_to_customer))
        return rows

    def _spell_for_portal(self, name):
        asks_him = self._is_waiting_for_customer()
        if name != "state" or not self.is_from_portal or asks_him:
            return super()._spell_for_portal(name)
        words = {
            DRAFT: self.env._("We have got it and are looking at it"),
            REQUESTED: self.env._("We are looking at it"),
            AGREED: self.env._("Agreed To"),
            APPLIED: self.env._("Your order was changed"),
            REFUSED: self.env._("Not agreed to"),
            CANCELLED: self.env._("Not agreed to"),
        }
        return words[self.state]

    # -- asking ------------------------------------------------------------------------

    @api.model
    def _get_changeable(self, order):
        """Return the lines of which the customer may ask for another quantity or date;
        nothing where he does not ask for changes himself, or not any more."""
        lines = order.order_line
        asking = order.env["order.type"]._ids_changed_in_portal()
        if (
            not asking
            or order.order_type_id.id not in asking
            or order.state != "sale"
            or order.closed_on
        ):
            return lines.browse()
        return lines.filtered(
            lambda line: (
                line.product_id
                and not line.is_downpayment
                and line.product_uom_id.compare(
                    line.product_uom_qty, line.qty_delivered
                )
                > 0
            )
        )

    @api.model
    def _find_open_of(self, order):
        """Return the change of one order that is under way: there is one at a time."""
        return self.sudo().search(  # whether, and his own; see the class
            [("order_id", "=", order.id), ("state", "in", OPEN)], limit=1
        )

    @api.model
    def _ask_in_portal(self, order, name, address, said):
        """Return the change that a customer asks for; said twice it is said once.

        :param dict said: what the form sends
        :raise UserError: everything that is wrong with it
        """
        take_turns(order)  # one change, whoever asks first
        if open_one := self._find_open_of(order):
            if open_one.is_from_portal:
                return open_one
            raise UserError(
                self.env._("Your order is being changed already: please contact us.")
            )
        lines = self._get_changeable(order)
        if not lines:
            raise UserError(self.env._("This order cannot be changed here any more."))
        asked, problems = self._read_asked(lines, said)
        note = (said.get("note") or "").strip()
        if len(note) > LONGEST or "\0" in note:
            problems.append(self.env._("The note is too long."))
        if not asked and not note:
            problems.append(self.env._("Say what is to be different."))
        if problems:
            raise UserError("\n".join(problems))
        # entered for the customer, who may enter none himself: what he said was checked
        change = clean(self).sudo().create(self._prepare_asked(order, asked, note))
        change.write(
            {
                "is_from_portal": True,
                "asked": {"lines": asked, "note": note},
                "asked_by": name.strip()[:100],
                "asked_from": address,
            }
        )
        change._enter_asked()
        change._leave_todo(
            "change.asked",
            self.env._("The customer asks for a change: take it up"),
            change.asked_text,
            user=change._get_owner(),
        )
        return change

    @api.model
    def _prepare_asked(self, order, asked, note):
        """Return the values of the change: one date for everything is that of the
        order; of several the salesperson makes a schedule."""
        values = {"order_id": order.id, "requested_by": "customer", "reason": note}
        dates = {said["date"] for said in asked}
        if len(dates) == 1 and (date := dates.pop()):
            values["new_wanted_date"] = date
        return values

    def _enter_asked(self):
        """Enter on the lines of one change the quantities that were asked for."""
        wanted = {said["line"]: said["to"] for said in self.asked["lines"]}
        self.line_ids = [
            Command.update(line.id, {"quantity": wanted[line.order_line_id.id]})
            for line in self.line_ids
            if wanted.get(line.order_line_id.id) is not None
        ]
        self._look_ahead()

    @api.model
    def _read_asked(self, lines, said):
        """Return ``([{line, from, to, date}], problems)``."""
        asked, problems = [], []
        company = lines.company_id
        today = company._calendar_day(fields.Datetime.now())
        for line in lines:
            name = line.product_id.display_name
            quantity, wrong = self._read_asked_quantity(line, said)
            if wrong:
                problems.append(f"{name}: {wrong}")
            date = (said.get(f"date_{line.id}") or "").strip()
            if date and not self._is_coming_day(date, today):
                problems.append(self.env._("%s: give a day that is to come", name))
            if quantity is not None or date:
                asked.append(
                    {
                        "line": line.id,
                        "from": line.product_uom_qty,
                        "to": quantity,
                        "date": date,
                    }
                )
        return asked, problems

    @api.model
    def _read_asked_quantity(self, line, said):
        """Return ``(quantity, what is wrong with it)``: nothing if it stays."""
        text = (said.get(f"quantity_{line.id}") or "").strip()
        if not text:
            return None, ""
        try:
            quantity = float(text)
        except ValueError:
            quantity = -1.0
        unit = line.product_uom_id
        if not isfinite(quantity) or not 0 <= quantity <= MOST:
            return None, self.env._("give a quantity")
        quantity = unit.round(quantity)
        if unit.compare(quantity, line.qty_delivered) < 0:
            delivered = unit._spell_with_unit(line.qty_delivered)
            return None, self.env._("%s were delivered already", delivered)
        same = not unit.compare(quantity, line.product_uom_qty)
        return (None if same else quantity), ""

    @api.model
    def _is_coming_day(self, text, today):
        try:
            day = fields.Date.to_date(text)
        except ValueError:
            return False
        return today <= day and day.year <= today.year + 10 and len(text) == 10

    # -- taking it up ------------------------------------------------------------------

    def _move_to(self, state):
        result = super()._move_to(state)
        asked = self.filtered("is_from_portal")
        asked._find_todos("change.asked").unlink()  # it was taken up, or given up
        return result
