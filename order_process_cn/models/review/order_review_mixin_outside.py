from odoo import api, models
from odoo.fields import Domain

from ...tools.review_states import WATCHED


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

    def _filtered_finished(self):
        """Return those of these documents that nothing can be done with any more."""
        return self - self.filtered_domain(self._get_watched_domain())

    @api.model
    def _find_watched(self, domain):
        """Return the documents that are under review or approved and of use, as
        superuser: whoever changed something need not see them."""
        return self._find_reviewed(Domain(self._get_watched_domain()) & Domain(domain))

    @api.model
    def _find_reviewed(self, domain):
        """Return the documents that are under review or approved, finished ones as
        well, as superuser."""
        reviewed = Domain("review_state", "in", sorted(WATCHED))
        # see the docstring of _find_watched
        return self.sudo().search(reviewed & Domain(domain), order="id")


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
    def _find_documents_of(self, records, finished=False):
        """Return the watched documents, by model, whose facts tell what ``records``
        are.

        :param bool finished: those too with which nothing can be done any more
        """
        found = []
        for model in self._get_reviewed_models():
            if paths := model._get_fact_sources().get(records._name):
                domain = Domain.OR(Domain(path, "in", records.ids) for path in paths)
                find = model._find_reviewed if finished else model._find_watched
                found.append(find(domain))
        return found

    @api.model
    def _mark_documents_of(self, records):
        """Have the worker look at the documents that tell what ``records`` are."""
        for documents in self._find_documents_of(records):
            documents._mark_for_recheck("review")
