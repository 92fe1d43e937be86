from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import stage_rules

AGREEMENTS = {"agree", "conditional", "repeat"}


class OrderReviewTask(models.Model):
    """One seat of a running review: whom it waits for, and what was decided.

    Mutable, but by the engine only. What was decided is told by the signature
    records; this row says where the seat stands now.
    """

    _name = "order.review.task"
    _inherit = ["order.engine.mixin", "order.time.limit.mixin"]
    _description = "Seat to Sign"
    _log_access = False  # who did what and when stands in the signature records
    _order = "review_id, stage_no, sequence, id"

    review_id = fields.Many2one(
        "order.review", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", readonly=True)
    stage_no = fields.Integer(readonly=True)
    position = fields.Integer(readonly=True)
    sequence = fields.Integer(readonly=True)
    seat_id = fields.Many2one(
        "order.review.seat",
        string="Seat of the Route",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    names = fields.Json(readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Not Yet"),
            ("open", "To Sign"),
            ("agreed", "Agreed"),
            ("declined", "Declined"),
            ("skipped", "Not Needed"),
            ("closed", "Closed"),
            ("removed", "Removed"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    decision = fields.Selection(
        [
            ("agree", "Agreed"),
            ("conditional", "Agreed with conditions"),
            ("decline", "Declined"),
        ],
        readonly=True,
    )
    signature_id = fields.Many2one(
        "order.review.signature", readonly=True, index="btree_not_null"
    )
    decided_by_id = fields.Many2one("res.users", string="Signed by", readonly=True)
    decided_at = fields.Datetime(string="Signed on", readonly=True)
    # copies of what the signature record says, for lists and the form
    opinion = fields.Text(readonly=True)
    conditions = fields.Text(readonly=True)
    medium = fields.Char(readonly=True)
    actor_name = fields.Char(string="Signed by Proxy", readonly=True)
    voided_by_id = fields.Many2one(
        "order.review.signature",
        string="Made Void by",
        readonly=True,
        index="btree_not_null",
    )
    opened_at = fields.Datetime(string="Waiting since", readonly=True)
    # since it was opened last, see order.review._after_notices
    is_announced = fields.Boolean(readonly=True)
    returned = fields.Boolean(readonly=True)
    asks_for_more = fields.Boolean(
        string="Opinion or Drawn Signature Required", readonly=True
    )
    # whom it waits for
    user_id = fields.Many2one("res.users", string="Person", readonly=True)
    signer_list_id = fields.Many2one(
        "order.signer.list", readonly=True, ondelete="restrict"
    )
    department_id = fields.Many2one(
        "order.department", readonly=True, ondelete="restrict"
    )
    is_head_only = fields.Boolean(string="Head Only", readonly=True)
    group_id = fields.Many2one("res.groups", string="User Group", readonly=True)
    barred_user_id = fields.Many2one(
        "res.users",
        string="May Not Sign",
        readonly=True,
        help="The submitter, where the route forbids signing one's own document.",
    )
    # a list of ids, not a relation: the engine reads a seat in one row
    barred_later = fields.Json(
        string="May Not Sign Either",
        readonly=True,
        help="Whoever else submitted a round, where the route forbids it.",
    )
    # added by a signer
    parent_id = fields.Many2one(
        "order.review.task", readonly=True, index="btree_not_null"
    )
    placement = fields.Selection(
        [("before", "Before"), ("beside", "Beside"), ("after", "After")], readonly=True
    )
    added_by_id = fields.Many2one("res.users", readonly=True)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, ondelete="set null", index="btree_not_null"
    )
    is_mine = fields.Boolean(
        string="Waiting for Me", compute="_compute_is_mine", search="_search_is_mine"
    )
    concerns_me = fields.Boolean(
        compute="_compute_concerns_me", search="_search_concerns_me"
    )

    _open_user_idx = models.Index("(user_id, opened_at) WHERE state = 'open'")
    _open_department_idx = models.Index(
        "(department_id, opened_at) WHERE state = 'open'"
    )
    _open_group_idx = models.Index("(group_id, opened_at) WHERE state = 'open'")
    _open_list_idx = models.Index("(signer_list_id, opened_at) WHERE state = 'open'")
    # figures of a period
    _opened_idx = models.Index("(opened_at) WHERE opened_at IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        tasks._after_creation()
        return tasks

    def _after_creation(self):
        """Called for new seats, however they were made."""

    # -- reading --------------------------------------------------------------------

    @api.model
    def _load_of_reviews(self, review_ids):
        """Return ``{review: its seats}``, read in one query."""
        reader = self.env["order.fact.reader"]
        tasks = reader._load(
            self,
            self._engine_fields(),
            SQL("review_id = ANY (%s)", review_ids),
            SQL("ORDER BY %s", reader._order_of(self._name)),
        )
        return tasks.grouped("review_id")

    @api.model
    def _engine_fields(self):
        """The columns the engine works with, read in one query."""
        return [
            "review_id",
            "company_id",
            "stage_no",
            "position",
            "sequence",
            "names",
            "state",
            "decision",
            "signature_id",
            "decided_by_id",
            "decided_at",
            "opinion",
            "conditions",
            "answers",
            "medium",
            "actor_name",
            "voided_by_id",
            "returned",
            "asks_for_more",
            "added_by_id",
            "user_id",
            "department_id",
            "is_head_only",
            "group_id",
            "signer_list_id",
            "barred_user_id",
            "barred_later",
            "barred_signed",
            "parent_id",
            "placement",
            "activity_id",
            "is_announced",
        ]

    def _seats(self):
        """Return these tasks as the pure rules of a stage see them."""
        return [
            stage_rules.Seat(
                task.id,
                task.state,
                task.sequence,
                task.placement or "",
                task.parent_id.id,
            )
            for task in self
        ]

    def _stage(self):
        self.ensure_one()
        return self.review_id._get_plan()["stages"][self.stage_no]

    # -- whom a seat is addressed to ------------------------------------------------

    @api.model
    def _address(self, seat, document, chosen_id):
        """Return the values that say whom a seat waits for.

        Persons named on the document are fixed now; departments and groups stay
        open to whoever belongs to them on the day.
        """
        source = seat["source"]
        if source == "department":
            return {"department_id": seat["department"]}
        if source == "head":
            return {"department_id": seat["department"], "is_head_only": True}
        if source == "group":
            return {"group_id": seat["group"]}
        if source == "users":
            return {"user_id": seat["user"], "signer_list_id": seat["list"]}
        if source == "field":
            return {"user_id": document[seat["field"]].id}
        if source == "chosen":
            return {"user_id": chosen_id}
        return {"user_id": document._get_review_people()[source].id}

    def _address_values(self):
        """Return whom this seat waits for, in the form of :meth:`_address`."""
        self.ensure_one()
        return {
            "user_id": self.user_id.id,
            "department_id": self.department_id.id,
            "is_head_only": self.is_head_only,
            "group_id": self.group_id.id,
            "signer_list_id": self.signer_list_id.id,
            "barred_user_id": self.barred_user_id.id,
            "barred_later": self.barred_later,
            "barred_signed": self.barred_signed,
        }

    @api.model
    def _address_to_head(self, review, values, barred):
        """Return values that address a seat to a head, if its only candidates are
        barred as submitters; else nothing.

        :param dict values: in the form of :meth:`_address`
        :param set barred: ids of whoever submitted a round
        """
        submitter_id = review.submitter_id.id
        if self._candidates_of(values, review) - barred:
            return {}
        rosters = self.env["order.department"]._rosters(review.company_id.id)
        heads = [
            (department_id, head)
            for department_id, (head, members) in rosters.items()
            if submitter_id in members and head and head not in barred
        ]
        own = [
            item for item in heads if item[0] == values.get("department_id")
        ] or heads
        if not own:
            return {}
        return {"user_id": own[0][1], "department_id": False, "is_head_only": False}

    @api.model
    def _candidates_of(self, values, review):
        """Return the ids of the active users who could sign a task with ``values``."""
        rosters = self.env["order.department"]._rosters(review.company_id.id)
        head, members = rosters.get(values.get("department_id"), (False, ()))
        found = {head} if values.get("is_head_only") else set(members)
        named = {values.get("user_id")}
        # who belongs to a list or a group is no secret to the engine
        if values.get("signer_list_id"):
            signers = self.env["order.signer.list"].browse(values["signer_list_id"])
            # who may sign does not depend on who asks
            named |= set(signers.sudo().user_ids.ids)
        if values.get("group_id"):
            group = self.env["res.groups"].browse(values["group_id"])
            # who may sign does not depend on who asks
            named |= set(group.sudo().all_user_ids.ids)
        found |= self._active_users(named, review.company_id)
        return found - {False, None} - self._barred_of(values)

    @api.model
    def _barred_of(self, values):
        """Return the ids of those who must not sign a seat with ``values``."""
        return {
            values.get("barred_user_id"),
            *(values.get("barred_later") or ()),
            *(values.get("barred_signed") or ()),
        }

    def _get_barred(self):
        """Return the ids of those whom the route forbids to sign this seat."""
        return self._barred_of(
            {
                "barred_user_id": self.barred_user_id.id,
                "barred_later": self.barred_later,
                "barred_signed": self.barred_signed,
            }
        )

    def _is_barred(self, user_id):
        """Whether the route forbids ``user_id`` to sign this seat."""
        return bool(user_id) and user_id in self._get_barred()

    def _candidates(self):
        """Return the users who may sign one of these seats now."""
        found = set()
        for task in self:
            found |= self._candidates_of(task._address_values(), task.review_id)
        return self.env["res.users"].browse(sorted(found))

    @api.model
    def _active_users(self, user_ids, company):
        user_ids = user_ids - {None, False}
        if not user_ids:
            return set()
        # whether somebody still works here is no secret to the engine
        return set(
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("id", "in", list(user_ids)),
                    ("company_ids", "in", company.ids),
                    ("share", "=", False),
                    # a list of switched-off records shows archived users as well
                    ("active", "=", True),
                ]
            )
            .ids
        )
