from odoo import api, models
from odoo.exceptions import UserError

from ...tools.facts import changes
from ..mechanism.engine import clean
from .order_edit_rule import CANCEL, CHANGE, FREE, NEVER, REASON
from .stages import find_edit_stage

# follow from other facts, each of which is looked at itself
DERIVED = {"amount_total", "deposit_required"}
NOTHING = (None, "", "0", 0, [], False)


class Edit:
    """What one person changes of an order by hand in a transaction; what is done as
    superuser meanwhile is not his."""

    def __init__(self, uid, stage):
        self.uid, self.stage = uid, stage
        self.before = None
        self.changes = {}

    def begin(self, facts):
        self.before = facts

    def end(self, facts):
        """Note what has changed since it began."""
        for change in changes(self.before, facts):
            key = (change["group"], change["key"])
            first = self.changes.setdefault(key, change)
            self.changes[key] = {**change, "old": first["old"]}
        self.before = None


class OrderEditRule(models.Model):
    """Refuses what the rules do not allow, just before it is committed, on whichever
    road it came: form, import, remote call, another document (CHG-4).

    Facts are compared, never the names of what is written: before the first write of
    a person, and at the end. What the engine, an automation or an upgrade does as
    superuser voids signatures as ever, and is refused by no rule. Without a rule in
    force nothing is read.
    """

    _inherit = "order.edit.rule"

    # -- noting ------------------------------------------------------------------------

    @api.model
    def _note_edit(self, orders):
        """Remember what ``orders`` are like. Called before they, or their lines, are
        written."""
        if not self._compiled():
            return
        # what is remembered does not depend on what the person may read
        orders = clean(orders).sudo().filtered(lambda order: isinstance(order.id, int))
        look = clean(self).sudo().browse()._look_at_edits
        touched = self.env["order.touched"]
        if self.env.su:
            if touched._name_of(look) in self.env.cr.precommit.data:
                edits = touched._touched(look)["edits"]
                self._end_edits(orders.filtered(lambda o: o.id in edits), edits)
            return
        concerned = {order: self._get_concerning_stage(order) for order in orders}
        if not any(concerned.values()):
            return
        edits = touched._touched(look)["edits"]
        begun = orders.browse()
        for order in orders.filtered(lambda order: concerned[order]):
            edit = edits.setdefault(order.id, Edit(self.env.uid, concerned[order]))
            if edit.before is None:
                begun += order
        for order, facts in self._read_facts_of(begun).items():
            edits[order.id].begin(facts)

    @api.model
    def _note_edit_of_new(self, vals_list):
        """The same for orders that lines are about to be added to."""
        if not self._compiled():
            return
        ids = {vals["order_id"] for vals in vals_list if "order_id" in vals}
        if any("order_id" not in vals for vals in vals_list):
            lines = self.env["sale.order.line"]
            ids.add(lines.default_get(["order_id"]).get("order_id"))
        self._note_edit(self.env["sale.order"].browse(filter(None, ids)).exists())

    @api.model
    def _get_concerning_stage(self, order):
        """Return the stage of one order if a rule may hold it there."""
        companies = {rule["company"] for rule in self._compiled()}
        if not companies & {False, order.company_id.id}:
            return False
        stage = find_edit_stage(order)
        return any(stage in rule["stages"] for rule in self._compiled()) and stage

    @api.model
    def _read_facts_of(self, orders):
        """Return ``{order: facts}``, that it is cancelled among them."""
        found = orders._collect_review_facts() if orders else {}
        for order, facts in found.items():
            facts[CANCEL] = {"state": order.state == "cancel"}
        return found

    @api.model
    def _end_edits(self, orders, edits):
        """Note what was changed by hand of ``orders`` until now."""
        begun = orders.filtered(lambda order: edits[order.id].before is not None)
        for order, facts in self._read_facts_of(begun).items():
            edits[order.id].end(facts)

    # -- looking -----------------------------------------------------------------------

    @api.model
    def _look_at_edits(self, touched):
        edits = touched["edits"]
        orders = self.env["sale.order"].browse(edits).exists()
        self._end_edits(orders, edits)
        problems = []
        for order in orders:
            edit = edits[order.id]
            found = [c for c in edit.changes.values() if self._is_edit(order, c)]
            if found:
                problems += self._judge(order, edit, found)
        if problems:
            raise UserError("\n".join(problems))

    @api.model
    def _is_edit(self, order, change):
        """Whether somebody has changed this of the order itself: not a contact or a
        product behind it, not a total that follows."""
        if change["old"] == change["new"] or change["key"] in DERIVED:
            return False
        if change["group"] == CANCEL:
            return change["new"]
        key = change["key"].rpartition("/")[2]
        if order._is_content_fact(key) and self._stands_behind(order, key):
            return False
        return not (change["old"] in NOTHING and change["new"] in NOTHING)

    @api.model
    def _stands_behind(self, order, key):
        """Whether a fact tells what is behind a relation that is a fact itself."""
        name = key.partition(".")[0]
        names = order._get_fact_fields() | order._get_line_fact_fields()
        return name in sum(map(list, names.values()), [])

    @api.model
    def _judge(self, order, edit, found):
        """Return what is wrong with the changes ``found`` of one order, in words; take
        the reason that was given where one is enough."""
        user = self.env["res.users"].browse(edit.uid)
        rules = self._find_for(order, edit.stage, user)
        ways = {REASON: [], CHANGE: [], NEVER: []}
        for change in found:
            rule = rules.get(change["group"])
            mode = rule["mode"] if rule else FREE
            if mode != FREE:
                ways[mode].append((rule, change))
        if ways[REASON]:
            reason = self.env["order.edit.reason"]._find_for(order, user)
            if reason and not (ways[CHANGE] or ways[NEVER]):
                reason._use(edit.stage, [change for _rule, change in ways[REASON]])
            if reason:
                ways[REASON] = []
        return self._spell_refusal(order, edit.stage, ways)

    # -- in words ----------------------------------------------------------------------

    @api.model
    def _spell_refusal(self, order, stage, ways):
        if not any(ways.values()):
            return []
        stages = dict(self._fields["from_stage"]._description_selection(self.env))
        lines = [
            self.env._(
                "%(order)s (%(stage)s) cannot be changed just like that:",
                order=order.name,
                stage=stages[stage],
            )
        ]
        for mode, way in self._name_ways(order).items():
            for rule, change in ways[mode]:
                name = rule["names"].get(self.env.lang or "en_US", "")
                lines.append(f"- {self._spell_edit(order, change)} ({name})")
            if ways[mode]:
                lines.append(way)
        return lines

    @api.model
    def _name_ways(self, order):
        """Return ``{mode: what can be done instead}``."""
        return {
            REASON: self.env._(
                "→ Enter why under “Reason for the Change” on the order, together with "
                "the change or before it."
            ),
            CHANGE: self.env._(
                "→ Ask for it with a change request: it is applied once the "
                "departments concerned have agreed."
            ),
            NEVER: self.env._(
                "→ This is settled at this stage. Leave it as it was; an administrator "
                "of the process can say who may change it (Changing Orders)."
            ),
        }

    @api.model
    def _spell_edit(self, order, change):
        """Return "what: old → new", or that a price changed for who sees none."""
        if change["group"] == CANCEL:
            return self.env._("Cancelling the order")
        return self.env["order.review"]._spell_change_of(order, change)
