from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import hash_chain
from ...tools.peek import peek
from ...tools.route_plan import as_now
from ...tools.translations import in_language
from ..prices.res_users import PRICE_GROUP
from .order_review_mixin import REVIEW_STATES


class OrderReview(models.Model):
    """One run of a route on one document, in rounds.

    It keeps its own copy of the route (``plan``), the facts as they were last looked
    at, and the head of the chain of its records. Only the engine writes here: nobody
    has more than read access, see the access rights.
    """

    _name = "order.review"
    _inherit = ["order.engine.mixin", "order.about.mixin", "order.recheck.mixin"]
    _description = "Review"
    _log_access = False  # who did what and when stands in the signature records
    _order = "id desc"
    _rec_name = "document_name"

    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", required=True, readonly=True
    )
    document_name = fields.Char(string="Document Number", readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    owner_id = fields.Many2one(
        "res.users", string="Person in Charge", readonly=True, index="btree_not_null"
    )
    # not a monetary field: that would read company and currency at every submission
    amount = fields.Float(
        string="Amount in Company Currency",
        digits=(16, 2),
        readonly=True,
        groups=PRICE_GROUP,
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    order_type_id = fields.Many2one("order.type", readonly=True)
    is_urgent = fields.Boolean(string="Urgent", readonly=True)
    route_id = fields.Many2one(
        "order.review.route", ondelete="restrict", readonly=True, index=True
    )
    previous_id = fields.Many2one(
        "order.review", string="Previous Run", readonly=True, index="btree_not_null"
    )
    state = fields.Selection(
        REVIEW_STATES,
        required=True,
        readonly=True,
        default="running",
        index=True,
    )
    round = fields.Integer(default=1, readonly=True)
    submitter_id = fields.Many2one(
        "res.users", string="Submitted by", readonly=True, index=True
    )
    submitted_at = fields.Datetime(string="Submitted on", readonly=True)
    closed_at = fields.Datetime(string="Closed on", readonly=True)
    plan = fields.Json(readonly=True)
    stage_no = fields.Integer(string="Stage in Progress", readonly=True)
    # prices and all: shown through the panel only, to those who may see them
    facts = fields.Json(readonly=True, groups="base.group_system")
    merged = fields.Json(
        readonly=True,
        groups="base.group_system",
        help="Contacts that became part of another one since: the same fact still.",
    )
    digest = fields.Char(
        string="Fingerprint of the Facts",
        readonly=True,
        help="What the signer was shown. A signature is refused when the document has "
        "changed since.",
    )
    record_count = fields.Integer(readonly=True, default=0)
    head = fields.Char(
        string="Head of the Chain", readonly=True, default=hash_chain.GENESIS
    )
    verification_code = fields.Char(compute="_compute_verification_code")
    task_ids = fields.One2many("order.review.task", "review_id", string="Seats")
    signature_ids = fields.One2many(
        "order.review.signature", "review_id", string="Records"
    )

    is_mine = fields.Boolean(
        string="I Hold a Seat", compute="_compute_is_mine", search="_search_is_mine"
    )

    _document_idx = models.Index("(res_model, res_id)")

    @api.depends("head")
    def _compute_verification_code(self):
        for review in self:
            review.verification_code = hash_chain.short_code(review.head)

    @api.depends("task_ids")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        tasks = self.env["order.review.task"].sudo()  # only which seats are mine
        held = tasks
        if self:
            held = tasks.search(
                [("review_id", "in", self.ids), ("concerns_me", "=", True)]
            )
        for review in self:
            review.is_mine = review in held.review_id

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        tasks = self.env["order.review.task"]
        return tasks._exists_domain(Domain("concerns_me", "=", True), "id")

    @api.depends("document_name", "round")
    def _compute_display_name(self):
        for review in self:
            review.display_name = self.env._(
                "Review of %(document)s, round %(round)s",
                document=review.document_name,
                round=review.round,
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A review is kept and cannot be deleted."))

    # -- helpers --------------------------------------------------------------------

    def _documents(self):
        """Return ``{res_model: documents}`` as superuser: the engine reads them all,
        whoever acts."""
        return {
            # see the docstring
            model: self.env[model].sudo().browse(reviews.mapped("res_id"))
            for model, reviews in self.grouped("res_model").items()
        }

    def _document(self):
        """Return the document of one review, with the rights of the caller."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    def _is_of(self, document):
        """Whether this review was held on ``document`` and no other."""
        return (self.res_model, self.res_id) == (document._name, document.id)

    def _get_plan(self):
        return as_now(peek(self, "plan") or {})

    def _text(self, names):
        """Return the text of ``{language: text}`` in the language of the reader."""
        return in_language(names, self.env.lang)

    def _lock(self):
        """Make this transaction the only one that decides on these reviews.

        Whoever decides writes the review, its head at least, before he commits. So
        somebody who read it before and comes second gets a serialization failure and
        is retried on fresh data: no signature is lost and none counts twice. The seats
        and records that refer to a review need not wait.
        """
        self._read_rows(SQL("ORDER BY id FOR NO KEY UPDATE"))

    def _read_rows(self, tail=None):
        """Read these reviews into the cache, whatever is known already."""
        if not self:
            return
        self.env["order.fact.reader"]._load(
            self.sudo(),  # the engine reads whatever it decides on
            self._get_row_names(),
            SQL("id IN %s", self._ids),
            tail,
        )

    @api.model
    def _get_row_names(self, unread=()):
        """Return the stored fields of a review but for ``unread``."""
        return [
            field.name
            for field in self._fields.values()
            if field.store and field.column_type and field.name not in {"id", *unread}
        ]

    def _record(self, entries):
        """Append to the chain and return the records, in the order given.

        :param entries: list of ``(review, values)``; date, round and hashes are added
        """
        signatures = self.env["order.review.signature"].sudo()  # written here only
        vals_list, heads = self._chain_entries(entries)
        for review, (head, number) in heads.items():
            review.write({"head": head, "record_count": number})
        return signatures.create(vals_list)

    @api.model
    def _chain_entries(self, entries):
        """Return the values of the records to append, see :meth:`_record`, and
        ``{review: (hash, number) of its last one}``."""
        vals_list, heads = [], {}
        for review, values in entries:
            head, number = heads.get(review, (review.head, review.record_count))
            vals = self._chain(
                {
                    "review_id": review.id,
                    "number": number + 1,
                    "round": review.round,
                    **values,
                },
                head,
            )
            heads[review] = vals["hash"], vals["number"]
            vals_list.append(vals)
        return vals_list, heads

    @api.model
    def _chain(self, values, head):
        """Return the values of a record that stands after the one hashed ``head``."""
        vals = {
            "date": fields.Datetime.now(),
            "user_id": self.env.uid,
            "previous_hash": head,
            **values,
        }
        signatures = self.env["order.review.signature"]
        key = signatures._get_current_key()
        content = signatures._content(vals)
        return {
            **vals,
            "key_name": key.name,
            "hash": hash_chain.link(head, content, key),
        }
