from odoo import api, models
from odoo.fields import Domain

from .order_review import WATCHED


class OrderReviewMixin(models.AbstractModel):
    """Documents whose review has to be looked at because something behind them
    changed: a product is renamed, a contact moves or is merged."""

    _inherit = "order.review.mixin"

    @api.model
    def _get_fact_sources(self):
        """Return ``{model: [path from the document, …]}``: whose content is a fact."""
        return {}

    @api.model
    def _get_watched_domain(self):
        """Return the domain of documents that something can still be done with."""
        return Domain.TRUE

    @api.model
    def _find_watched(self, domain):
        """Return the documents that are under review or approved and of use, as
        superuser: whoever changed something need not see them."""
        watched = Domain("review_state", "in", sorted(WATCHED))
        watched &= Domain(self._get_watched_domain())
        # see the docstring
        return self.sudo().search(watched & Domain(domain), order="id")

    def _look_at_reviews(self):
        """Take note of what changed outside these documents."""
        watched = self.filtered(lambda document: document.review_state in WATCHED)
        watched = watched.filtered_domain(self._get_watched_domain())
        # the engine's to write
        watched.sudo().review_id._look_again()


class OrderReview(models.Model):
    _inherit = "order.review"

    @api.model
    def _get_reviewed_models(self):
        """Return the models of all documents that can be reviewed."""
        mixin = self.env.registry["order.review.mixin"]
        return [
            self.env[name]
            for name, model in self.env.registry.items()
            if issubclass(model, mixin) and not model._abstract
        ]

    @api.model
    def _find_documents_of(self, records):
        """Return the watched documents, by model, whose facts tell what ``records``
        are."""
        found = []
        for model in self._get_reviewed_models():
            if paths := model._get_fact_sources().get(records._name):
                domain = Domain.OR(Domain(path, "in", records.ids) for path in paths)
                found.append(model._find_watched(domain))
        return found

    @api.model
    def _mark_documents_of(self, records):
        """Have the worker look at the documents that tell what ``records`` are."""
        for documents in self._find_documents_of(records):
            documents._mark_for_recheck()
