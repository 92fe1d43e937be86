from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import arguments
from ..intake.classification import get_order_type
from ..mechanism.engine import public_act
from ..mechanism.order_condition_mixin import Condition
from .quotation_changes import check_confirmation_reviewed, get_quotation_changes
from .slip import get_slip_mark
from .statements import (
    DEPARTMENT_OF,
    ask_statement,
    condition_statement,
    find_statements,
    get_kinds_stated_here,
    get_people_stating,
    readable_evidence,
)


class SaleOrder(models.Model):
    """Order confirmation, signed return, written confirmations, promised date."""

    _inherit = "sale.order"

    statement_ids = fields.One2many(
        "order.statement", "order_id", copy=False, groups="base.group_user"
    )
    confirmation_sent_on = fields.Datetime(
        string="Order Confirmation Sent",
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
    production_date = fields.Date(
        string="Goods Finished by",
        copy=False,
        help="The written date by which production is bound. The date given to the "
        "customer may be later.",
        groups="base.group_user",
    )
    # the slip of the promised date while the signed return is out (CFM-2)
    slip_days = fields.Integer(
        copy=False,
        readonly=True,
        help="By how many days the promised date has moved because the signed return "
        "did not come on the day.",
        groups="base.group_user",
    )
    # while both stand, the date moved only because the return is late; written by hand,
    # it is another promise
    slipped_from = fields.Datetime(copy=False, readonly=True, groups="base.group_user")
    slipped_to = fields.Datetime(copy=False, readonly=True, groups="base.group_user")
    slip_mark = fields.Char(
        string="Holidays Not Announced",
        compute="_compute_slip_mark",
        groups="base.group_user",
    )
    promised_means = fields.Selection(
        related="order_type_id.promised_means",
        related_sudo=False,  # else core lets a filter or a group pass by its groups
        groups="base.group_user",
    )
    quoted_facts = fields.Json(copy=False, readonly=True, groups="base.group_system")
    quotation_differences = fields.Text(
        compute="_compute_quotation_differences", groups="base.group_user"
    )
    difference_explanation = fields.Text(
        copy=False,
        help="Why the customer's order differs from the quotation that was sent.",
        groups="base.group_user",
    )

    # -- the quotation that was sent (INT-3) -------------------------------------------

    @api.depends("order_line", "quoted_facts")
    @api.depends_context("lang", "uid")
    def _compute_quotation_differences(self):
        self.quotation_differences = False
        # the snapshot holds prices: only whether there is one is asked here
        sent = self.filtered(lambda order: order.sudo().quoted_facts)
        for order, changes in get_quotation_changes(sent).items():
            order.quotation_differences = "\n".join(
                order.env["order.review"]._spell_change_of(order, change)
                for change in changes
            )

    # -- written confirmations ---------------------------------------------------------

    @public_act
    @arguments.checked(
        kind=arguments.text, text=arguments.text, evidence_ids=arguments.record_ids
    )
    def action_state_in_writing(self, kind, text, evidence_ids=()):
        """Confirm something about this order in writing, for one's own department.

        :param str kind: "technical" or "material"
        :raise AccessError: the caller does not belong to the department

        [CFM-3] signed by engineering and purchasing; oral is void.
        """
        self.ensure_one()
        self.check_access("read")
        if kind not in DEPARTMENT_OF:
            raise UserError(self.env._("Unknown kind of confirmation: %s", kind))
        if self.env.uid not in get_people_stating(self, kind):
            # the name of a department is no secret
            department = self.env.ref(DEPARTMENT_OF[kind]).sudo()
            raise AccessError(self.env._("Only %s can confirm this.", department.name))
        if not (text or "").strip():
            raise UserError(self.env._("Write what you confirm."))
        self.env["order.statement"]._record(
            self.sudo(),  # the department was checked above
            kind,
            self.env.user.name,
            text=text,
            evidence=readable_evidence(self, evidence_ids),
        )
        return True

    @public_act
    @arguments.checked(
        kind=arguments.text,
        signed_by=arguments.text,
        evidence_ids=arguments.record_ids,
        text=arguments.text,
    )
    def action_register_return(self, kind, signed_by, evidence_ids, text=""):
        """Register what came back from the customer on paper.

        :param str kind: "returned", "conditions" or "drawing"
        :param str signed_by: who signed on the customer's side
        :param list evidence_ids: the scan; a person checks it before it counts

        [CFM-1] [CFM-4]
        """
        self.ensure_one()
        self.check_access("write")
        if kind not in {"returned", "conditions", "drawing"}:
            raise UserError(self.env._("Unknown kind of document: %s", kind))
        evidence = readable_evidence(self, evidence_ids)
        if not evidence or not (signed_by or "").strip():
            raise UserError(
                self.env._("Attach the scan and say who signed it for the customer.")
            )
        self.env["order.statement"]._record(
            self.sudo(),  # the right to write was checked above
            kind,
            signed_by,
            medium="scan",
            text=text,
            evidence=evidence,
            check_state="to_check",
        )
        return True

    @public_act(keeps=("default_mode",))
    def action_ask_statement(self):
        """Open the question for a written confirmation."""
        self.ensure_one()
        self.check_access("read")
        mode = self.env.context.get("default_mode", "own")
        defaults = {"default_mode": mode}
        if kinds := get_kinds_stated_here(self):
            defaults["default_own_kind"] = kinds[0]
        return ask_statement(self, **defaults)

    @public_act
    def action_send_confirmation(self):
        """Open the message that sends the order confirmation F01 to the customer.

        :raise UserError: the review is not approved
        """
        self.ensure_one()
        self.check_access("write")
        check_confirmation_reviewed(self)
        return self._compose_paper(
            "order_process_cn.mail_template_confirmation",
            self.env._("Order Confirmation"),
            mark_so_as_sent=True,
            default_order_purpose="confirmation",
        )

    def _get_review_conditions(self):
        """Return ``[(seat, conditions)]`` under which departments agreed."""
        self.ensure_one()
        tasks = self.sudo().review_id.task_ids  # what the customer has to accept
        return [
            (task.name, task.conditions)
            for task in tasks
            if task.decision == "conditional" and task.conditions
        ]

    # -- conditions --------------------------------------------------------------------

    def _condition_return(self):
        """[CFM-1] the confirmation came back signed, and somebody looked at it."""
        returning = self.env["order.type"]._ids_requiring_return()
        # whether or not somebody has to submit it, which would fix its type
        concerned = self.filtered(
            lambda order: returning and get_order_type(order).id in returning
        )
        done = find_statements(concerned, "returned")
        waiting = concerned.statement_ids.filtered(
            lambda s: s.kind == "returned" and s.check_state == "to_check"
        ).order_id
        return {
            order: Condition(
                "return",
                self.env._("Signed return of the order confirmation"),
                order in done,
                self.env._("Sales")
                if order in waiting
                else order.partner_id.display_name,
                self.env._("has to be checked") if order in waiting else "",
            )
            for order in concerned
        }

    def _condition_acceptance(self):
        """[CFM-4] the customer accepts the conditions under which we agreed."""
        concerned = self.filtered(lambda order: order._get_review_conditions())
        done = find_statements(concerned, "conditions")
        return {
            order: Condition(
                "acceptance",
                self.env._("Conditions accepted by the customer"),
                order in done,
                order.partner_id.display_name,
                "; ".join(words for _seat, words in order._get_review_conditions()),
            )
            for order in concerned
        }

    def _condition_technical(self):
        return condition_statement(
            self,
            "technical",
            "requires_technical",
            self.env._("Technical confirmation in writing"),
            self.env._("Engineering"),
        )

    def _condition_material(self):
        return condition_statement(
            self,
            "material",
            "requires_technical",
            self.env._("Material confirmation in writing"),
            self.env._("Purchasing"),
        )

    def _condition_drawing(self):
        return condition_statement(
            self,
            "drawing",
            "requires_drawing",
            self.env._("Drawing confirmed by the customer"),
            self.env._("Customer"),
        )

    # -- the promised date -------------------------------------------------------------

    @api.depends("commitment_date", "slipped_from", "slipped_to")
    @api.depends_context("lang")
    def _compute_slip_mark(self):
        for order in self:
            order.slip_mark = get_slip_mark(order)
