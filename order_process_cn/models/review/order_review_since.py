from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column, table_exists


class OrderReviewMixin(models.AbstractModel):
    """What was decided or begun before a route was switched on is never asked for it
    (REV-1)."""

    _inherit = "order.review.mixin"

    review_begun_at = fields.Datetime(
        compute="_compute_review_begun_at",
        store=True,
        copy=False,
        groups="base.group_user",
        help="When something was first done on the strength of this document. A route "
        "that is switched on later leaves it alone.",
    )

    def _auto_init(self):
        table = not self._abstract and table_exists(self.env.cr, self._table)
        is_new = table and not column_exists(
            self.env.cr, self._table, "review_begun_at"
        )
        if is_new:
            create_column(self.env.cr, self._table, "review_begun_at", "timestamp")
        result = super()._auto_init()
        if is_new:
            # what is under way was begun before anything was switched on
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET review_begun_at = create_date WHERE state NOT IN %s",
                    SQL.identifier(self._table),
                    tuple(self._get_states_before_begin()),
                )
            )
        return result

    @api.depends("state")
    def _compute_review_begun_at(self):
        first = self._get_states_before_begin()
        for document in self:
            # the clock with which routes note when they were switched on
            document.review_begun_at = document.state not in first and (
                document.review_begun_at or self.env.cr.now()
            )

    def _filtered_begun_before(self, since):
        """Return the documents that were begun before the moment ``since`` (a string,
        as plans keep it)."""
        moment = fields.Datetime.to_datetime(since)
        first = self._get_states_before_begin()
        under_way = self.filtered(lambda document: document.state not in first)
        return under_way.filtered(
            lambda document: (
                moment and (begun := document._get_review_begun()) and begun < moment
            )
        )

    def _get_review_begun(self):
        """Return when one document was begun."""
        # no secret to whoever may act on the document
        return self.sudo().review_begun_at

    @api.model
    def _get_states_before_begin(self):
        """Return the states in which nothing is done yet on the strength of a document:
        a route that is switched on still concerns it."""
        return {"draft"}
