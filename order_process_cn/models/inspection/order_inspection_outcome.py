from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import public_act, take_turns
from ..mechanism.order_condition_mixin import Condition
from .order_inspection import (
    CANCELLED,
    DECIDED,
    DONE,
    DRAFT,
    GROUP,
    OUTCOMES,
    REPLACED,
    WAITING,
)
from .order_inspection_point import FINAL, INCOMING


class OrderInspection(models.Model):
    """Deciding what becomes of inspected goods (MFG-7)."""

    _inherit = "order.inspection"

    def _check_may_inspect(self):
        if not self.env.user.has_group(GROUP):
            raise AccessError(
                self.env._(
                    "You may not inspect goods. Ask for the group “Inspect Goods”."
                )
            )
        self.check_access("write")

    # -- buttons -----------------------------------------------------------------------

    @public_act
    def action_done(self):
        """Decide: each quantity goes where it was entered.

        :raise UserError: everything that is missing, for all of them at once
        """
        self._check_may_inspect()
        take_turns(self)
        self._check_open()
        self._raise_problems()
        self.sudo()._settle(self.env.user)  # checked above
        return True

    @public_act
    def action_pass_all(self):
        """Decide that all of it has passed."""
        self._check_may_inspect()
        take_turns(self)
        self._check_open()
        for inspection in self:
            rest = dict.fromkeys(OUTCOMES, 0.0)
            inspection.write({**rest, "quantity_passed": inspection.quantity})
        self._raise_problems()
        self.sudo()._settle(self.env.user)  # checked above
        return True

    @public_act
    def action_correct(self):
        """Inspect again: what was decided counts until the new inspection is done."""
        self.ensure_one()
        self._check_may_inspect()
        take_turns(self)
        if self.state not in DECIDED:
            raise UserError(
                self.env._(
                    "%s is not decided, or another has taken its place.",
                    self.display_name,
                )
            )
        inspection = self.sudo()  # the right was checked above
        open_one = inspection.search(
            [("supersedes_id", "=", self.id), ("state", "=", DRAFT)], limit=1
        )
        again = open_one or inspection._start_again()
        return again.sudo(False)._open()

    @public_act
    def action_cancel(self):
        """Give up what was not inspected."""
        self._check_may_inspect()
        self.sudo()._move_to(CANCELLED)  # the right was checked above
        return True

    def _open(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_inspection_action"
        )
        action.update(res_id=self.id, views=[(False, "form")])
        return action

    def _start_again(self):
        """Return a new inspection of the same goods, asked as the point asks now."""
        return self.create(
            {
                **{
                    name: self[name].id
                    for name in (
                        "point_id",
                        "company_id",
                        "product_id",
                        "picking_id",
                        "production_id",
                        "release_id",
                        "order_id",
                    )
                },
                **{
                    name: self[name]
                    for name in ("kind", "origin", "partner_name", "lot_name")
                },
                "quantity": self.quantity,
                "supersedes_id": self.id,
                "user_id": self.env.uid,
                "line_ids": self.point_id._prepare_lines(),
            }
        )

    # -- what has to be said -----------------------------------------------------------

    def _raise_problems(self):
        lines = [
            f"- {inspection.display_name}: {problem}"
            for inspection in self
            for problem in inspection._find_problems()
        ]
        if lines:
            raise UserError(
                "\n".join([self.env._("The inspection is not complete:"), *lines])
            )

    def _find_problems(self):
        """Return what is missing before one inspection is decided, in words."""
        unit = self.product_id.uom_id
        problems = [p for line in self.line_ids for p in line._find_problems()]
        if unit.compare(self.quantity, 0) <= 0:
            problems.append(self.env._("enter how much was inspected"))
        if any(unit.compare(self[name], 0) < 0 for name in OUTCOMES):
            problems.append(self.env._("quantities are not negative"))
        total = sum(self[name] for name in OUTCOMES)
        if unit.compare(total, self.quantity):
            problems.append(
                self.env._(
                    "%(total)s of %(quantity)s are shared out: passed, concession, "
                    "rework, scrap and return add up to what was inspected",
                    total=unit._spell_with_unit(total),
                    quantity=unit._spell_with_unit(self.quantity),
                )
            )
        failed = self.line_ids.filtered(lambda line: line.result == "fail")
        fault = max(self.faulty, 1 if failed and not self.accept else 0)
        if fault > self.accept and not unit.compare(
            self.quantity_passed, self.quantity
        ):
            problems.append(
                self.env._(
                    "not all of it can have passed: %(faulty)s faulty found, "
                    "%(accept)s allowed",
                    faulty=fault,
                    accept=self.accept,
                )
            )
        if self.quantity_rework and not self.rework_advice:
            problems.append(self.env._("say how to rework it"))
        # whether a route applies is asked of configuration
        if self.quantity_concession and not self.sudo()._get_review_routes()[self]:
            problems.append(self._spell_no_route())
        return problems

    def _spell_no_route(self):
        return self.env._(
            "nobody is named who may let goods through: an administrator activates a "
            "review route for inspections"
        )

    def _condition_review(self):
        """What is let through is agreed to by somebody, or it stays. [MFG-7]"""
        asking = self.filtered("quantity_concession")
        found = super(OrderInspection, asking)._condition_review()
        label = self.env._("Agreed concession")
        for inspection in asking:
            if inspection not in found:
                found[inspection] = Condition(
                    "review", label, False, "", self._spell_no_route()
                )
        return found

    # -- deciding ----------------------------------------------------------------------

    def _settle(self, user):
        """Keep who decided and when; what waits for nobody is done."""
        self.write({"user_id": user.id, "inspected_on": fields.Datetime.now()})
        asking = self.filtered("quantity_concession")
        (self - asking)._decide(DONE)
        asking._decide(WAITING)

    def _decide(self, state):
        before = self.supersedes_id.filtered(lambda i: i.state in DECIDED)
        if before:
            take_turns(before)
            before._move_to(REPLACED)
            before.review_id._end("cancelled", "cancel")
        self._move_to(state)
        # goods that were held back may leave now
        self.order_id._mark_for_recheck("shipping")
        self._tell_outcome()
        arrived = self.filtered(lambda i: i.kind in {INCOMING, FINAL})
        # follows from the result, whose giver was checked
        self.env["order.receipt.notice"].sudo()._issue_for(arrived)

    def _tell_outcome(self):
        """Tell the transfer or production order what was found."""
        for inspection in self:
            source = (
                inspection.production_id
                or inspection.picking_id
                or inspection.release_id
            )
            if not source:
                continue
            outcome = ", ".join(
                f"{label} {quantity}" for label, quantity in inspection._spell_outcome()
            )
            source.message_post(
                body=self.env._(
                    "Inspection %(inspection)s, %(product)s: %(outcome)s",
                    inspection=inspection.name,
                    product=inspection.product_id.display_name,
                    outcome=outcome,
                )
            )
