from odoo import api, models
from odoo.exceptions import UserError

from ...tools.facts import changes
from ..mechanism.engine import clean
from ..mechanism.memory import remembered


class OrderEditRule(models.Model):
    """What an order says is not changed by hand any more once its papers are filed
    (AFS-4), whatever rules are in force: noted before a person writes, looked at
    before the commit. Whoever may reopen it says why."""

    _inherit = "order.edit.rule"

    @api.model
    def _note_edit(self, orders):
        super()._note_edit(orders)
        self._note_edit_of_filed(orders)

    @api.model
    def _note_edit_of_new(self, vals_list):
        super()._note_edit_of_new(vals_list)
        # with rules in force it was noted above
        if not self._compiled() and self._looks_at_filed():
            ids = {vals.get("order_id") for vals in vals_list}
            if None in ids:
                lines = self.env["sale.order.line"]
                ids.add(lines.default_get(["order_id"]).get("order_id"))
            orders = self.env["sale.order"].browse(filter(None, ids))
            self._note_edit_of_filed(orders.exists())

    @api.model
    def _note_edit_of_filed(self, orders):
        """Remember what filed ``orders`` are like before a person writes them."""
        if not self._looks_at_filed():
            return
        # what is remembered does not depend on what the person may read
        filed = (
            clean(orders)
            .sudo()
            .filtered(lambda order: isinstance(order.id, int) and order.archived_on)
        )
        if not filed:
            return
        # what was filed is looked at by the engine, whoever writes
        look = clean(self).sudo().browse()._look_at_filed
        before = self.env["order.touched"]._touched(look)["before"]
        new = filed.filtered(lambda order: order.id not in before)
        for order, facts in self._read_facts_of(new).items():
            before[order.id] = facts

    @api.model
    def _looks_at_filed(self):
        """Whether a person writes where there is anything to keep. Costs no query."""
        return not self.env.su and self._has_filed()

    @api.model
    @remembered
    def _has_filed(self):
        """Whether the papers of any order are filed: until then nothing is read."""
        return bool(
            self.env["sale.order"].search_count([("archived_on", "!=", False)], limit=1)
        )

    @api.model
    def _look_at_filed(self, touched):
        before = touched["before"]
        orders = self.env["sale.order"].browse(before).exists().filtered("archived_on")
        problems = []
        for order, facts in self._read_facts_of(orders).items():
            found = [
                self._spell_edit(order, change)
                for change in changes(before[order.id], facts)
                if self._is_edit(order, change)
            ]
            if found:
                problems.append(
                    self.env._(
                        "The papers of %s are filed: it is not changed any more. "
                        "Reopen the order first, with a reason.",
                        order.name,
                    )
                )
                problems += [f"- {words}" for words in found]
        if problems:
            raise UserError("\n".join(problems))
