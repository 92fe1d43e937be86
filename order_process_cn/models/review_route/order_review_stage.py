from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OrderReviewStage(models.Model):
    """One stage of a route: who decides, and what a refusal does."""

    _name = "order.review.stage"
    _inherit = ["order.people.mixin"]
    _description = "Review Stage"
    _order = "route_id, sequence, id"

    route_id = fields.Many2one(
        "order.review.route", required=True, ondelete="cascade", index=True
    )
    res_model = fields.Selection(related="route_id.res_model")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    seat_ids = fields.One2many(
        "order.review.seat", "stage_id", string="Seats", copy=True
    )
    mode = fields.Selection(
        [
            ("all", "Everybody signs"),
            ("any", "Any one signs"),
            ("count", "A number of them sign"),
            ("turn", "One after another"),
        ],
        required=True,
        default="all",
    )
    count = fields.Integer(string="How Many", default=2)
    opens = fields.Selection(
        [("always", "Always"), ("refusal", "Only after a refusal")],
        string="When It Is Held",
        required=True,
        default="always",
        help="A ruling stage is held only when somebody before it has declined.",
    )
    refusal = fields.Selection(
        [
            ("stop", "Ends the stage at once"),
            ("wait", "The others are heard, then the number decides"),
            ("refer", "The others are heard, then the next stage rules"),
        ],
        string="One Refusal",
        required=True,
        default="stop",
    )
    return_to = fields.Selection(
        [("submitter", "The submitter"), ("stage", "An earlier stage")],
        string="A Refusal Returns To",
        required=True,
        default="submitter",
    )
    return_stage_id = fields.Many2one(
        "order.review.stage",
        string="Earlier Stage",
        domain="[('route_id', '=', route_id), ('id', '!=', id)]",
    )
    resume = fields.Selection(
        [
            ("continue", "Goes on here"),
            ("rerun", "Runs again from where it was returned to"),
        ],
        string="After Resubmission",
        required=True,
        default="rerun",
    )
    domain = fields.Char(
        string="Condition",
        default="[]",
        help="The stage is held only for documents that match.",
    )
    amount_from = fields.Float(
        string="From Amount",
        help="The stage is held only from this amount on, in company currency.",
    )
    fact_group_ids = fields.Many2many(
        "order.fact.group",
        string="Vouches For",
        help="A change of any of these facts makes the signatures of this stage void. "
        "Leave empty for all of them.",
    )
    question_ids = fields.Many2many(
        "order.review.question",
        string="Questions",
        help="Every signer of the stage answers them.",
    )
    requires_opinion = fields.Boolean(string="Opinion Required")
    requires_drawing = fields.Boolean(string="Drawn Signature Required")

    summary = fields.Char(compute="_compute_summary")

    _count_positive = models.Constraint(
        "CHECK (count > 0)", "At least one signature is needed."
    )

    def _get_people_fields(self):
        return [
            "route_id",
            "sequence",
            "name",
            "mode",
            "count",
            "opens",
            "refusal",
            "return_to",
            "return_stage_id",
            "resume",
            "domain",
            "amount_from",
            "fact_group_ids",
            "requires_opinion",
            "requires_drawing",
        ]

    @api.depends(
        "mode",
        "count",
        "refusal",
        "return_to",
        "return_stage_id",
        "resume",
        "opens",
        "seat_ids",
        "amount_from",
        "requires_opinion",
        "requires_drawing",
        "fact_group_ids",
        "question_ids",
    )
    @api.depends_context("lang")
    def _compute_summary(self):
        for stage in self:
            stage.summary = self.env._("; ").join(stage._summarize())

    def _summarize(self):
        """Return what this stage does, in plain words."""
        self.ensure_one()
        seats = self.seat_ids
        who = {
            "all": self.env._("all %s seats sign", len(seats)),
            "any": self.env._("any one of %s seats signs", len(seats)),
            "count": self.env._(
                "%(count)s of %(seats)s seats sign", count=self.count, seats=len(seats)
            ),
            "turn": self.env._("%s seats sign one after another", len(seats)),
        }[self.mode]
        if len(seats) == 1:
            who = self.env._("%s signs", seats._describe())
        words = [who]
        if self.opens == "refusal":
            words.insert(0, self.env._("held only after a refusal"))
        if self.amount_from:
            words.append(self.env._("from %s on", f"{self.amount_from:,.0f}"))
        words.append(self._summarize_refusal())
        if self.question_ids:
            words.append(self.env._("%s questions", len(self.question_ids)))
        if self.requires_opinion:
            words.append(self.env._("opinion required"))
        if self.requires_drawing:
            words.append(self.env._("drawn signature required"))
        if self.fact_group_ids:
            words.append(
                self.env._(
                    "vouches for %s", ", ".join(self.fact_group_ids.mapped("name"))
                )
            )
        return words

    def _summarize_refusal(self):
        if self.refusal == "refer":
            return self.env._("after a refusal the next stage rules")
        target = (
            self.return_stage_id.name
            if self.return_to == "stage"
            else self.env._("the submitter")
        )
        if self.refusal == "stop":
            return self.env._("one refusal returns it to %s", target)
        return self.env._("too many refusals return it to %s", target)

    @api.constrains("domain")
    def _check_domain(self):
        for stage in self:
            stage.route_id._validate_domain(stage.domain, stage.name)

    @api.constrains("return_to", "return_stage_id", "sequence")
    def _check_return_stage(self):
        for stage in self.filtered(lambda stage: stage.return_to == "stage"):
            target = stage.return_stage_id
            stages = stage.route_id.stage_ids.sorted(lambda s: (s.sequence, s.id))
            if target not in stages or list(stages).index(target) >= list(stages).index(
                stage
            ):
                raise ValidationError(
                    self.env._(
                        "“%(stage)s” returns a refusal to an earlier stage: choose one "
                        "that stands before it in the same route.",
                        stage=stage.name,
                    )
                )

    def unlink(self):
        self.seat_ids.unlink()  # the database would take them along without a trace
        return super().unlink()

    def _find_problems(self, after_referral):
        """Return what would go wrong in this stage, in words."""
        self.ensure_one()
        problems = []
        if not self.seat_ids:
            problems.append(self.env._("“%s” has no seat.", self.name))
        if self.mode == "count" and self.count > len(self.seat_ids):
            problems.append(
                self.env._(
                    "“%(stage)s” wants %(count)s signatures but has %(seats)s seats.",
                    stage=self.name,
                    count=self.count,
                    seats=len(self.seat_ids),
                )
            )
        if self.opens == "refusal" and not after_referral:
            problems.append(
                self.env._(
                    "“%s” is never held: no stage before it refers a refusal.",
                    self.name,
                )
            )
        return problems

    def _compile(self, number):
        """Return this stage as plain data; ``number`` is its place in the route."""
        self.ensure_one()
        stages = list(self.route_id.stage_ids)
        return {
            "no": number,
            "stage": self.id,
            "name": self._translations_of("name"),
            "mode": self.mode,
            "count": self.count,
            "opens": self.opens,
            "refusal": self.refusal,
            "return_to": (
                stages.index(self.return_stage_id)
                if self.return_to == "stage"
                else None
            ),
            "resume": self.resume,
            "domain": literal_eval(self.domain or "[]"),
            "amount_from": self.amount_from,
            "groups": self.fact_group_ids.mapped("code"),
            "opinion": self.requires_opinion,
            "drawing": self.requires_drawing,
            "questions": self.question_ids._compile(),
            "seats": [seat._compile() for seat in self.seat_ids],
        }
