from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import arguments
from ..mechanism.engine import public_act
from ..mechanism.order_condition_mixin import Condition

# statements of our own departments, and who may make them
DEPARTMENT_OF = {
    "technical": "order_process_cn.order_department_engineering",
    "material": "order_process_cn.order_department_purchase",
}


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

    def _remember_quotation(self):
        """Keep the facts of a quotation as it was sent. [INT-3]"""
        orders = self.sudo()  # facts are read in full, whoever sends
        for order, facts in orders._collect_review_facts().items():
            order.quoted_facts = facts

    @api.depends("order_line", "quoted_facts")
    @api.depends_context("lang", "uid")
    def _compute_quotation_differences(self):
        self.quotation_differences = False
        # the snapshot holds prices: only whether there is one is asked here
        sent = self.filtered(lambda order: order.sudo().quoted_facts)
        for order, changes in sent._get_quotation_changes().items():
            order.quotation_differences = "\n".join(
                order.env["order.review"]._spell_change_of(order, change)
                for change in changes
            )

    def _get_quotation_changes(self):
        """Return ``{order: changes}`` between the quotation sent and the order now."""
        orders = self.sudo()  # compared in full; told as far as the reader may see
        review = self.env["order.review"]
        ignored = {"document"}
        return {
            order.with_env(self.env): [
                change
                for change in review._describe_changes(
                    order.quoted_facts,
                    order._facts_as_known(facts, order.quoted_facts, {}),
                )
                if change["group"] not in ignored and not order._is_slip(change)
            ]
            for order, facts in orders._collect_review_facts().items()
        }

    def _get_unexplained(self):
        """Return the orders that differ from their quotation without a word."""
        sent = self.filtered(
            lambda order: order.quoted_facts and not order.difference_explanation
        )
        changes = sent._get_quotation_changes()
        return sent.filtered(lambda order: changes[order])

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
        if self.env.uid not in self._get_people_stating(kind):
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
            evidence=self._readable_evidence(evidence_ids),
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
        evidence = self._readable_evidence(evidence_ids)
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
        if kinds := self._get_kinds_stated_here():
            defaults["default_own_kind"] = kinds[0]
        return self._ask_statement(**defaults)

    def _ask_statement(self, **defaults):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_statement_wizard_action"
        )
        action["context"] = {"default_order_id": self.id, **defaults}
        return action

    @public_act
    def action_send_confirmation(self):
        """Open the message that sends the order confirmation F01 to the customer.

        :raise UserError: the review is not approved
        """
        self.ensure_one()
        self.check_access("write")
        self._check_confirmation_reviewed()
        return self._compose_paper(
            "order_process_cn.mail_template_confirmation",
            self.env._("Order Confirmation"),
            mark_so_as_sent=True,
            default_order_purpose="confirmation",
        )

    def _check_confirmation_reviewed(self):
        if self._find_review_gaps():
            raise UserError(
                self.env._("The order confirmation goes out after the review.")
            )

    def _on_confirmation_sent(self):
        """The order confirmation has left the house: from now on we wait for it."""
        for order in self.filtered(lambda order: not order.confirmation_sent_on):
            order.confirmation_sent_on = fields.Datetime.now()
            if order.order_type_id.requires_return:
                order._look_again_tomorrow()
        self._emit("confirmation_sent")

    def _readable_evidence(self, evidence_ids):
        return self.env["order.statement"]._read_evidence(evidence_ids)

    def _get_review_conditions(self):
        """Return ``[(seat, conditions)]`` under which departments agreed."""
        self.ensure_one()
        tasks = self.sudo().review_id.task_ids  # what the customer has to accept
        return [
            (task.name, task.conditions)
            for task in tasks
            if task.decision == "conditional" and task.conditions
        ]

    def _find_statements(self, kind):
        """Return the orders of self for which a valid statement of ``kind`` exists."""
        if not self:
            return self
        statements = self.env["order.statement"].search_fetch(
            [("order_id", "in", self.ids), ("kind", "=", kind)],
            ["order_id", "kind", "digests", "check_state", "review_id"],
        )
        # what the customer signed in an earlier run of the review was something else
        statements = statements.filtered(
            lambda s: (
                kind not in {"returned", "conditions"}
                or s.review_id == s.order_id.review_id
            )
        )
        concerned = statements.order_id
        facts = concerned._collect_review_facts()
        stood_for = statements._get_stood_for()
        return statements.filtered(
            lambda s: s._holds(s._facts_known(facts[s.order_id]), stood_for[s])
        ).order_id

    # -- conditions --------------------------------------------------------------------

    def _condition_return(self):
        """[CFM-1] the confirmation came back signed, and somebody looked at it."""
        returning = self.env["order.type"]._ids_requiring_return()
        # whether or not somebody has to submit it, which would fix its type
        concerned = self.filtered(
            lambda order: returning and order._get_order_type().id in returning
        )
        done = concerned._find_statements("returned")
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
        done = concerned._find_statements("conditions")
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
        return self._condition_statement(
            "technical",
            "requires_technical",
            self.env._("Technical confirmation in writing"),
            self.env._("Engineering"),
        )

    def _condition_material(self):
        return self._condition_statement(
            "material",
            "requires_technical",
            self.env._("Material confirmation in writing"),
            self.env._("Purchasing"),
        )

    def _condition_drawing(self):
        return self._condition_statement(
            "drawing",
            "requires_drawing",
            self.env._("Drawing confirmed by the customer"),
            self.env._("Customer"),
        )

    def _condition_statement(self, kind, flag, label, owner):
        """[CFM-3] a written confirmation that the type asks for."""
        concerned = self.filtered(lambda order: order.order_type_id[flag])
        done = concerned._find_statements(kind)
        return {
            order: Condition(
                kind, label, order in done, order._spell_people_stating(kind, owner)
            )
            for order in concerned
        }
