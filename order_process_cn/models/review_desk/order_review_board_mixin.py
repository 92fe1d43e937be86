from odoo import api, fields, models
from odoo.fields import Domain


class OrderReviewMixin(models.AbstractModel):
    """What the form of a document shows of its review."""

    _inherit = "order.review.mixin"

    # what the form shows and which of its buttons would work, drawn in one go
    review_panel = fields.Json(
        compute="_compute_review_board", compute_sudo=True, groups="base.group_user"
    )
    review_can_submit = fields.Boolean(
        compute="_compute_review_board",
        compute_sudo=True,
        groups="base.group_user",
    )
    review_waits_for_me = fields.Boolean(
        string="Waiting for Me",
        compute="_compute_review_board",
        search="_search_review_waits_for_me",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("review_id", "review_state")
    @api.depends_context("uid", "lang")
    def _compute_review_board(self):
        boards = self.env["order.review"]._draw_boards(self)
        for document in self:
            board = boards[document]
            document.review_panel = board.panel
            document.review_waits_for_me = "sign" in board.acts
            document.review_can_submit = "submit" in board.acts

    def _search_review_waits_for_me(self, operator, value):
        self._check_field_access(self._fields["review_waits_for_me"], "read")
        if operator != "in":
            return NotImplemented
        tasks = self.env["order.review.task"]
        return tasks._exists_domain(Domain("is_mine", "=", True), "review_id")
