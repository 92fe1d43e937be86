from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mechanism.engine import public_act
from ..prices.res_users import PRICE_GROUP


class OrderReviewTask(models.Model):
    """The list and the cards "My Signatures": everything needed to decide (CSN-6)."""

    _inherit = "order.review.task"

    name = fields.Char(string="Seat", compute="_compute_names")
    stage_name = fields.Char(string="Stage", compute="_compute_names")
    document_name = fields.Char(related="review_id.document_name", string="Document")
    partner_id = fields.Many2one(related="review_id.partner_id", string="Customer")
    order_type_id = fields.Many2one(related="review_id.order_type_id")
    # no related field: core would let a filter or a sum pass by its groups
    amount = fields.Float(
        compute="_compute_amount",
        search="_search_amount",
        compute_sudo=True,
        groups=PRICE_GROUP,
    )
    company_currency_id = fields.Many2one(related="review_id.company_currency_id")
    submitter_id = fields.Many2one(
        related="review_id.submitter_id", string="Submitted by"
    )
    is_urgent = fields.Boolean(related="review_id.is_urgent", string="Urgent")
    digest = fields.Char(related="review_id.digest")
    lines_text = fields.Text(string="Lines", compute="_compute_card", compute_sudo=True)
    opinions_text = fields.Text(
        string="Earlier Opinions", compute="_compute_card", compute_sudo=True
    )

    @api.depends("review_id.amount")
    def _compute_amount(self):
        for task in self:
            task.amount = task.review_id.amount

    def _search_amount(self, operator, value):
        return [("review_id.amount", operator, value)]

    @api.depends("names", "review_id")
    @api.depends_context("lang")
    def _compute_names(self):
        plans = {review: review._get_plan() for review in self.review_id}
        for task in self:
            review = task.review_id
            stages = (plans.get(review) or {}).get("stages") or []
            task.name = review._text(task.names)
            task.stage_name = (
                review._text(stages[task.stage_no]["name"]) if stages else ""
            )

    @api.depends("name", "document_name")
    def _compute_display_name(self):
        for task in self:
            task.display_name = f"{task.document_name}: {task.name}"

    @api.depends("review_id")
    def _compute_card(self):
        for model, documents in self.review_id._documents().items():
            for task in self.filtered(lambda t, m=model: t.review_id.res_model == m):
                document = documents.browse(task.review_id.res_id)
                # read with its brothers, not one by one
                document = document.with_prefetch(documents.ids)
                task.lines_text = "\n".join(document._get_review_lines())
        self.review_id._load_tasks()
        for task in self:
            said = task.review_id.task_ids.filtered(lambda other: other.signature_id)
            task.opinions_text = "\n".join(
                f"{other.name}: {other.opinion or other.conditions}"
                for other in said
                if other.opinion or other.conditions
            )

    @public_act
    def action_open_document(self):
        """Open the document, where the buttons to decide are."""
        self.ensure_one()
        return self.review_id.action_open_document()

    @public_act
    def action_agree_shown(self):
        """Agree from the card, which sends the fingerprint of what it shows."""
        self.ensure_one()
        if self.asks_for_more:
            return self.action_ask_agree()
        return self.action_sign("agree", self.env.context.get("order_review_seen"))

    @public_act
    def action_ask_agree(self):
        """Show what is about to be signed, one or many, and ask."""
        return self._ask("agree")

    @public_act
    def action_ask_decline(self):
        """Show what is about to be declined and ask for the reason."""
        return self._ask("decline")

    def _ask(self, decision):
        if not self:
            raise UserError(self.env._("Choose what you want to sign."))
        tasks = self._enter()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_review_sign_wizard_action"
        )
        action["context"] = {
            "default_task_ids": tasks.ids,
            "default_decision": decision,
        }
        return action
