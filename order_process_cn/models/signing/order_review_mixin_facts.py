from odoo import api, models

from ...tools.review_states import WATCHED


class OrderReviewMixin(models.AbstractModel):
    """When the facts of a document are compared again: after it was written, and after
    something behind it changed."""

    _inherit = "order.review.mixin"

    def _watch_review_facts(self):
        super()._watch_review_facts()
        reviews = self.review_id
        if not reviews:
            return
        # the engine works as superuser
        look = self.env["order.review"].sudo()._look_at_facts
        by_person = [(self.env.uid, review_id) for review_id in reviews.ids]
        self.env["order.touched"]._collect(look, by_person=by_person)

    def _collect_and_lock(self, names, found):
        """Lock the reviews of the documents ``found``, see ``_lock_to_sign``; return
        ``{document: its facts}``, of those that have a review, the columns ``names``
        put into the cache. One statement for documents, lines, reviews and seats.

        :param found: a query, as ``_search`` returns it
        """
        reader, reviews = self.env["order.fact.reader"], self.env["order.review"]
        content = self.env[self._fact_content]
        read = self._select_found(names, found, reviews._lock_along(self))
        reviews._keep_along([further for *_values, further in read])
        kept = [[row[name] for name in ("id", *names)] for row, *_more in read]
        rows, lines = reader._by_id(read)
        documents = reader._keep(self, names, kept)
        return documents._compose_facts(rows, lines, content._get_known(read))

    @api.model
    def _get_recheck_handlers(self):
        return {"review": "_look_at_reviews", **super()._get_recheck_handlers()}

    @api.model
    def _get_recheck_labels(self):
        return {**super()._get_recheck_labels(), "review": self.env._("Review")}

    def _look_at_reviews(self):
        """Take note of what changed outside these documents."""
        watched = self.filtered(lambda document: document.review_state in WATCHED)
        watched = watched.filtered_domain(self._get_watched_domain())
        # the engine's to write
        watched.sudo().review_id._look_again()

    def _open_missing_seats(self):
        """Have those sign whose condition came to hold after the approval.

        Called by the buttons before they try, because a refusal would undo it.

        :return: a message that names them, or ``False`` if there are none
        """
        # what is missing is the engine's to find out
        review_of = self.sudo()._get_standing_reviews()
        reviews = self.env["order.review"].sudo().union(*review_of.values())
        reviews = reviews._filtered_needing_more()
        if not reviews:
            return False
        self.check_access("write")  # whoever may press the button at all
        reviews._look_again()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": "\n".join(
                    self.env._(
                        "%(order)s has to be signed by %(people)s as well, because a "
                        "limit is reached now: they have been asked.",
                        order=document.display_name,
                        # of a backorder: those who sign the order it was split off
                        people=review._name_open_seats().get(review.id, ""),
                    )
                    for document, review in review_of.items()
                    if review in reviews
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _name_asking_button(self):
        """Return the name of the button of one document that asks those who have to
        sign it as well, see :meth:`_open_missing_seats`."""
        return self.env._("Confirm")
