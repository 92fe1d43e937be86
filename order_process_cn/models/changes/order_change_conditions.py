from odoo import api, fields, models

from ..mechanism.order_condition_mixin import Condition
from .change_states import AGREED, CANCEL, CLOSE, DRAFT, PRODUCT, REQUESTED


class OrderChangeRequest(models.Model):
    """What a change waits for. What stands in its way is said before anybody signs, all
    of it at once, and asked again when it is written."""

    _inherit = "order.change.request"

    obstacles = fields.Text(
        string="In the Way", compute="_compute_obstacles", compute_sudo=True
    )

    @api.depends("state", "line_ids.touched", "line_ids.quantity", "kind", "reason_id")
    @api.depends_context("lang")
    def _compute_obstacles(self):
        for change in self:
            found = []
            if change.state in {DRAFT, REQUESTED, AGREED}:
                found = [
                    *change._condition_order()[change],
                    *change._condition_obstacles().get(change, ()),
                ]
            change.obstacles = "\n".join(
                self._spell(condition.spelled())
                for condition in found
                if not condition.met
            )

    def _get_condition_providers(self):
        providers = super()._get_condition_providers()
        reach = [self._condition_order, self._condition_obstacles]
        return {
            **providers,
            "request": [self._condition_contents, *reach],
            "apply": [*providers["apply"], *reach, self._condition_finish_date],
        }

    def _get_next_transition(self):
        steps = {DRAFT: "request", REQUESTED: "agree", AGREED: "apply"}
        return steps.get(self.state, False)

    def _name_transition(self, transition):
        names = {
            "request": self.env._("Request"),
            "agree": self.env._("Agree"),
            "apply": self.env._("Apply"),
        }
        return names.get(transition) or super()._name_transition(transition)

    def _get_seller(self):
        return self.user_id.name or self.env._("Sales")

    def _condition_contents(self):
        """It says what changes, and why."""
        label = self.env._("What is to change, and why")
        conditions = {}
        for change in self:
            missing = []
            if change.kind != CANCEL and not change._get_touched():
                missing.append(self.env._("nothing is changed yet"))
            if not change.reason_id:
                missing.append(self.env._("choose a reason"))
            if change.kind == CLOSE and change._raises():
                missing.append(
                    self.env._(
                        "a change that closes the rest orders nothing more: choose "
                        "another kind"
                    )
                )
            if change.kind == PRODUCT and not (change.wish or "").strip():
                missing.append(self.env._("say what is to be different"))
            conditions[change] = Condition(
                "contents",
                label,
                not missing,
                change._get_seller,
                "; ".join(missing),
            )
        return conditions

    def _raises(self):
        """Whether one change orders more of something, or something else."""
        return any(
            line.quantity
            and (
                line._is_other_product()
                or line.product_uom_id.compare(line.quantity, line.old_quantity) > 0
            )
            for line in self.line_ids
        )

    def _condition_order(self):
        """The order is in force, what was signed for it stands, and it is what it was
        when the change was entered: read once for both."""
        self.env.flush_all()
        facts = self.order_id._collect_review_facts()
        gaps = self.order_id._find_review_gaps(facts)
        label = self.env._("Order in force")
        conditions = {}
        for change in self:
            order = change.order_id
            gap = gaps.get(order, "")
            if order.state != "sale":
                gap = self.env._("it is not confirmed, or cancelled")
            conditions[change] = [
                Condition("order", label, not gap, change._get_seller, gap),
                change._condition_base(facts),
            ]
        return conditions

    def _condition_base(self, facts):
        """One order is what it was when the change was entered.

        :param dict facts: ``{order: its facts now}``
        """
        meanwhile = self._spell_meanwhile(facts)
        detail = meanwhile and self.env._(
            "it was changed meanwhile (%s); press “Enter Anew”", meanwhile
        )
        return Condition(
            "base",
            self.env._("Order unchanged since"),
            not meanwhile,
            self._get_seller,
            detail,
        )

    def _condition_finish_date(self):
        """[CHG-2] R&D has said when a modification will be finished."""
        return {
            change: Condition(
                "finish_date",
                self.env._("R&D finish date"),
                bool(change.rd_finish_date),
                self.env._("R&D"),
            )
            for change in self
            if change.kind == PRODUCT
        }

    # -- obstacles ---------------------------------------------------------------------

    def _condition_obstacles(self):
        """Return ``{change: [Condition, …]}``: what no change gets round."""
        return {change: change._find_obstacles() for change in self}

    def _find_obstacles(self):
        self.ensure_one()
        found = []
        if self.kind == CANCEL:
            found += self._find_begun()
        for line, quantity in self._get_reduced().items():
            found += self._find_line_obstacles(line, quantity)
        return [
            Condition("obstacle", label, False, owner or self._get_seller)
            for label, owner in found
        ]

    def _get_reduced(self):
        """Return ``{order line: what is left of it}`` of the lines that get less."""
        return {
            line: quantity
            for line, quantity in self._get_new_quantities().items()
            if line.product_uom_id.compare(quantity, line.product_uom_qty) < 0
        }

    def _get_new_quantities(self):
        """Return ``{order line: quantity}``: what is ordered after the change."""
        if self.kind == CANCEL:
            lines = self.order_id.order_line.filtered("product_id")
            return dict.fromkeys(lines, 0.0)
        return {
            line.order_line_id: (
                line.order_line_id.qty_delivered
                if line._is_other_product()
                else line.quantity
            )
            for line in self.line_ids
            if line.order_line_id
        }

    def _find_begun(self):
        delivered = self.order_id.order_line.filtered(
            lambda line: line.product_uom_id.compare(line.qty_delivered, 0) > 0
        )
        return [
            (
                self.env._(
                    "%s was delivered in part: close the rest instead of cancelling",
                    line.product_id.display_name,
                ),
                "",
            )
            for line in delivered
        ]

    def _find_line_obstacles(self, line, quantity):
        """Return ``[(words, whose move), …]`` for one line of which only ``quantity``
        is left."""
        spell, name = line.product_uom_id._spell_with_unit, line.product_id.display_name
        if line.product_uom_id.compare(quantity, line.qty_delivered) < 0:
            delivered = spell(line.qty_delivered)
            words = self.env._(
                "%(product)s: %(delivered)s were delivered already",
                product=name,
                delivered=delivered,
            )
            return [(words, "")] if self.kind != CANCEL else []
        found = []
        picked = line.move_ids.filtered(
            lambda move: move.picked and move.state not in {"done", "cancel"}
        )
        if picked:
            words = self.env._(
                "%(product)s is picked or packed already (%(transfers)s)",
                product=name,
                transfers=", ".join(picked.picking_id.mapped("name")),
            )
            found.append((words, self.env._("Warehouse")))
        return found
