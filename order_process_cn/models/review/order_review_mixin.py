from functools import partial

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..mechanism.order_condition_mixin import Condition

REVIEW_STATES = [
    ("running", "Under Review"),
    ("approved", "Approved"),
    ("declined", "Declined"),
    ("withdrawn", "Withdrawn"),
    ("cancelled", "Cancelled"),
    ("terminated", "Terminated"),
    ("outdated", "Outdated"),
]


def _name_owner(document):
    """Return in words whose move the review of one document is."""
    return document.review_waiting_for or document.user_id.name or ""


class OrderReviewMixin(models.AbstractModel):
    """Gives any document a review (REV, CSN).

    A document fills the hooks at the end of the file; gate and voiding come from here,
    the buttons from ``order_review_buttons_mixin``. Documents without a route are not
    touched and cost nothing.
    """

    _name = "order.review.mixin"
    # limits of its seats are told to it; what changes outside is looked at later
    _inherit = ["order.event.mixin", "order.recheck.mixin"]
    _description = "Document under Review"

    review_id = fields.Many2one(
        "order.review",
        copy=False,
        readonly=True,
        index="btree_not_null",
        groups="base.group_user",
    )
    review_state = fields.Selection(
        REVIEW_STATES,
        string="State of Review",
        copy=False,
        readonly=True,
        index="btree_not_null",
        groups="base.group_user",
    )
    needs_review = fields.Boolean(
        compute="_compute_needs_review", compute_sudo=True, groups="base.group_user"
    )
    review_digest = fields.Char(
        compute="_compute_review_digest",
        compute_sudo=True,
        string="Facts Shown",
        groups="base.group_user",
    )
    # says only what the reader may do himself; buttons of core ask for it
    review_can_edit = fields.Boolean(compute="_compute_review_can_edit")
    review_is_my_work = fields.Boolean(
        compute="_compute_review_is_my_work", groups="base.group_user"
    )
    review_is_mine = fields.Boolean(
        string="I Hold a Seat",
        compute="_compute_review_is_mine",
        search="_search_review_is_mine",
        compute_sudo=True,
        groups="base.group_user",
    )
    review_waiting_for = fields.Char(
        string="Whose Move",
        compute="_compute_review_waiting_for",
        compute_sudo=True,
        groups="base.group_user",
    )

    # -- computes ---------------------------------------------------------------------

    @api.depends("review_id")
    def _compute_needs_review(self):
        routes = self._get_review_routes()
        for document in self:
            document.needs_review = bool(document.review_id or routes[document])

    @api.depends("review_id.digest")
    def _compute_review_digest(self):
        # no related field: core would let a filter or a group pass by its groups
        for document in self:
            document.review_digest = document.review_id.digest

    @api.depends("review_id")
    @api.depends_context("uid")
    def _compute_review_can_edit(self):
        """Whoever opens a document only to sign it is shown no buttons that he may not
        use. Documents without a review are as in plain Odoo, and cost nothing."""
        reviewed = self.filtered("review_id")
        self.review_can_edit = True
        (reviewed - reviewed._filtered_access("write")).review_can_edit = False

    @api.depends("review_can_edit")
    @api.depends_context("uid")
    def _compute_review_is_my_work(self):
        """Whether the reader belongs to those who make such documents.

        Core lets others write them for what follows from their own work: workshop and
        warehouse an order, whose deliveries they report. Sending, confirming or
        cancelling one is not for them, and a signer among them is not offered it.
        """
        makes = self.browse().has_access("create")
        for document in self:
            document.review_is_my_work = document.review_can_edit and (
                makes or not document.review_id
            )

    @api.depends("review_id")
    @api.depends_context("uid")
    def _compute_review_is_mine(self):
        for document in self:
            document.review_is_mine = document.review_id.is_mine

    def _search_review_is_mine(self, operator, value):
        self._check_field_access(self._fields["review_is_mine"], "read")
        if operator != "in":
            return NotImplemented
        tasks = self.env["order.review.task"]
        return tasks._exists_domain(Domain("concerns_me", "=", True), "review_id")

    @api.depends("review_id", "review_state")
    @api.depends_context("lang")
    def _compute_review_waiting_for(self):
        self.review_waiting_for = False
        running = self.filtered(lambda document: document.review_state == "running")
        names = running.review_id._name_open_seats()
        for document in running:
            document.review_waiting_for = names.get(document.review_id.id, "")

    # -- create, write ----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_earned_values(vals)
        earned = {f"default_{name}" for name in self._get_earned_fields()}
        keys = earned & self.env.context.keys()
        if keys:
            self = self.with_context(**dict.fromkeys(keys, False))
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_earned_values(vals)
        result = super().write(vals)
        if not vals.keys() <= self._get_earned_fields():  # none of them is a fact
            self._watch_review_facts()
        return result

    def _write_review(self, vals):
        """Store which review these documents have and where it stands. Nothing of it is
        tracked, so what is tracked need not be read."""
        self.with_context(mail_notrack=True).write(vals)

    def _refuse_earned_values(self, vals):
        if self._get_earned_fields() & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._(
                    "What a document has earned (review, effect) follows from what was "
                    "signed and received; it cannot be entered."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reviewed(self):
        reviewed = self.filtered("review_id")
        if reviewed:
            raise UserError(
                self.env._(
                    "%(documents)s was reviewed: its signatures are kept, so it cannot "
                    "be deleted. Cancel it instead.",
                    documents=", ".join(reviewed.mapped("display_name")),
                )
            )

    def _watch_review_facts(self):
        """Called when facts of these documents may have changed: they are compared once
        more before this transaction commits."""
        self._after_facts_written()

    # -- the gate ----------------------------------------------------------------------

    def _find_review_gaps(self, facts=None):
        """Return ``{document: reason}`` for the documents without a valid review.

        A document that no route applies to needs none. [REV-6]

        :param dict facts: ``{document: its facts}``, if they have just been read
        """
        documents = self.sudo()  # the gate reads every fact, whoever comes
        review_of = documents._get_standing_reviews()
        gaps = self.env["order.review"].sudo()._find_gaps(review_of, facts)
        # without a review, or after one that was ended: is one needed now?
        without = documents.filtered(lambda document: document not in review_of)
        for document, route in without._get_review_routes().items():
            if route:
                gaps[document] = self.env._("it was not submitted to review")
        return gaps

    def _condition_of_review(self, code, label):
        """Return ``{document: Condition}``: the review stands for the facts as they
        are now, for those that need one. [REV-6]"""
        concerned = self.filtered("needs_review")
        gaps = concerned._find_review_gaps()
        return {
            document: Condition(
                code,
                label,
                document not in gaps,
                partial(_name_owner, document),
                gaps.get(document, ""),
            )
            for document in concerned
        }

    def _get_standing_reviews(self):
        """Return ``{document: review}`` for those whose own review has not ended."""
        return {
            document: document.review_id
            for document in self
            if document.review_id._is_of(document)
            and document.review_id.state in {"running", "approved", "declined"}
        }

    def _get_review_watermark(self):
        """Return what stands across a paper of one document that is not valid, in the
        language of the reader, or ``False``."""
        document = self.sudo()  # whether it is approved is printed for everybody
        if document.state == "cancel":
            return self.env._("Void")
        if document.needs_review and document._find_review_gaps():
            return self.env._("Not approved")
        return False

    # -- hooks -------------------------------------------------------------------------

    def _get_earned_fields(self):
        """Return the fields that the engine sets; a client that writes them is refused.
        None of them is a reviewed fact."""
        return {"review_id", "review_state"}

    def _get_outcome_fields(self):
        """Return the stored fields that are looked at when a review ends, where one
        narrow statement is to replace the whole row. A field that is missing here is
        read with the whole row after all."""
        return []

    def _get_submission_fields(self):
        """Return the fields that a submission looks at, to the same end."""
        return []

    def _get_review_routes(self):
        """Return ``{document: route}``, an empty route where no review is needed."""
        Route = self.env["order.review.route"]
        found = dict.fromkeys(self, Route)
        for company, documents in self.grouped("company_id").items():
            left = documents
            for route in Route.browse(Route._ids_for(self._name, company.id)):
                plan = route._compiled()
                fitting = left.filtered(
                    lambda d, types=plan["types"]: (
                        not types or d._get_review_type().id in types
                    )
                ).filtered_domain(plan["domain"])
                # what was begun before is never asked for it
                fitting -= fitting._filtered_begun_before(plan["since"])
                found.update(dict.fromkeys(fitting, route))
                left -= fitting
        return found

    def _get_review_type(self):
        """Return the order type that decides the route of one document."""
        return self.env["order.type"]

    def _get_price_fact_groups(self):
        """Return the groups of facts whose values not everybody may see."""
        return {"price"}

    def _get_review_amount(self):
        """Return the amount that limits compare with, in company currency."""
        return 0.0

    def _get_reviewed_amount(self, review):
        """Return the amount that limits compare with while the facts of ``review``
        stand."""
        return self._get_review_amount()

    def _get_review_people(self):
        """Return ``{"salesperson": user, "team_leader": user}``."""
        nobody = self.env["res.users"]
        return {"salesperson": nobody, "team_leader": nobody}

    def _get_review_summary(self):
        """Return values that lists of reviews and seats show about the document."""
        self.ensure_one()
        return {"document_name": self.display_name, "company_id": self.company_id.id}

    def _get_review_head(self):
        """Return ``[(label, value), …]`` that identify the document on paper."""
        return []

    def _get_review_lines(self):
        """Return the lines of the document as texts, for cards and questions."""
        return []

    def _may_start_review(self):
        """Whether one document is where a first review could still begin."""
        return True

    def _is_review_used(self):
        """Whether something has been done on the strength of the review, so that an
        agreement can no longer be taken back."""
        return False

    def _find_agreement_gap(self):
        """Return why nobody can agree to one document now, in words, or ``False``."""
        return False

    def _before_submission(self):
        """Called when everything is in order, just before the review starts."""

    def _after_facts_written(self):
        """Called when something of these documents, or of their lines, was written."""

    def _after_review(self, state):
        """Called when the review of these documents comes to ``state``."""
