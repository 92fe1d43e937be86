from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.route_plan import VERSION, Plan
from ..mechanism.memory import remembered


class OrderReviewRoute(models.Model):
    """An ordered list of stages that a document passes (REV-1)."""

    _name = "order.review.route"
    _inherit = ["order.in.force.mixin", "order.company.mixin", "order.people.mixin"]
    _description = "Review Route"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    # prepared in peace, also as a copy: somebody switches it on when it is ready
    active = fields.Boolean(default=False, copy=False)
    sequence = fields.Integer(
        default=10, help="When several routes fit a document, the first one is taken."
    )
    res_model = fields.Selection(
        selection="_selection_res_model",
        string="Document",
        required=True,
        default="sale.order",
    )
    order_type_ids = fields.Many2many(
        "order.type",
        "order_review_route_type_rel",
        "route_id",
        "type_id",
        string="Order Types",
        help="Documents of these types take this route. Empty: every document.",
    )
    domain = fields.Char(
        string="Condition",
        default="[]",
        help="Only documents that match take this route.",
    )
    stage_ids = fields.One2many(
        "order.review.stage", "route_id", string="Stages", copy=True
    )
    submitter_policy = fields.Selection(
        [
            ("forbid", "He cannot sign; another candidate must"),
            ("allow", "He may sign"),
            ("head", "The head of the department signs instead"),
        ],
        string="Signer Is the Submitter",
        required=True,
        default="forbid",
    )
    repeat_policy = fields.Selection(
        [
            ("none", "Asked again every time"),
            ("consecutive", "Counts again in the next stage"),
            ("once", "Counts for the whole round"),
        ],
        string="Same Person Again",
        required=True,
        default="none",
        help="What happens when somebody who has agreed is asked once more. A stage "
        "that was returned is always asked again.",
    )
    one_seat = fields.Boolean(
        string="One Person Signs Once a Round",
        help="Whoever has signed a seat may not sign another one of the same round: "
        "neither for himself nor for somebody else.",
    )
    lets_withdraw = fields.Boolean(
        string="Submitter May Withdraw",
        default=True,
        help="Once somebody has signed, a reason is required.",
    )
    note = fields.Text(string="Description", translate=True)
    problems = fields.Text(compute="_compute_problems")
    preview_res_id = fields.Many2oneReference(
        "Try It On",
        model_field="res_model",
        help="A document on which to try the route, with the names of the signers.",
    )

    def _get_people_fields(self):
        return [
            "name",
            "company_id",
            "active",
            "res_model",
            "order_type_ids",
            "domain",
            "submitter_policy",
            "repeat_policy",
            "one_seat",
            "lets_withdraw",
        ]

    @api.model
    def _get_narrowing_fields(self):
        return ["order_type_ids"]

    @api.model
    def _selection_res_model(self):
        reviewable = self.env.registry["order.review.mixin"]
        names = [
            name
            for name, model in self.env.registry.items()
            if issubclass(model, reviewable) and not model._abstract
        ]
        # which kinds of documents there are is no secret
        models_of = self.env["ir.model"].sudo()
        found = models_of.search_fetch([("model", "in", names)], ["model", "name"])
        labels = {model.model: model.name for model in found}
        return [(name, labels.get(name, name)) for name in names]

    def unlink(self):
        self.stage_ids.unlink()  # the database would take them along without a trace
        return super().unlink()

    @api.depends(
        "company_id",
        "stage_ids.name",
        "stage_ids.sequence",
        "stage_ids.mode",
        "stage_ids.count",
        "stage_ids.opens",
        "stage_ids.refusal",
        "stage_ids.seat_ids.source",
        "stage_ids.seat_ids.department_id.member_ids",
        "stage_ids.seat_ids.department_id.head_id",
        "stage_ids.seat_ids.user_ids",
        "stage_ids.seat_ids.group_id",
    )
    @api.depends_context("lang", "allowed_company_ids")
    def _compute_problems(self):
        for route in self:
            route.problems = "\n".join(route._find_problems()) or False

    def _find_problems(self):
        """Return what would go wrong with this route, in words."""
        self.ensure_one()
        problems = []
        stages = self.stage_ids.sorted(lambda stage: (stage.sequence, stage._origin.id))
        if not stages:
            problems.append(self.env._("There is no stage yet."))
        referred = False
        for stage in stages:
            problems += stage._find_problems(after_referral=referred)
            referred = referred or stage.refusal == "refer"
        if stages and stages[-1].refusal == "refer":
            problems.append(
                self.env._(
                    "“%s” refers refusals to the next stage, but it is the last one.",
                    stages[-1].name,
                )
            )
        return problems

    @api.constrains("domain", "res_model")
    def _check_domain(self):
        for route in self:
            route._validate_domain(route.domain, route.name)

    def _validate_domain(self, domain, name):
        """Check that ``domain`` can be read on the documents of this route."""
        self.ensure_one()
        try:
            condition = Domain(literal_eval(domain or "[]"))
            condition.validate(self.env[self.res_model])
        except (ValueError, SyntaxError, KeyError) as error:
            raise ValidationError(
                self.env._(
                    "The condition of “%(name)s” cannot be read: %(error)s",
                    name=name,
                    error=error,
                )
            ) from error
        self._check_condition(condition, self.res_model)

    @api.model
    @remembered
    def _ids_for(self, res_model, company_id):
        """Return the ids of the routes switched on for a kind of document."""
        routes = self.search(
            [("res_model", "=", res_model), ("company_id", "in", [False, company_id])]
        )
        return tuple(routes.ids)

    @remembered
    def _compiled(self):
        """Return the route as plain data: what a review copies when it starts.

        One dictionary with the policies and a list of stages, each with its seats.
        Callers must not change it.
        """
        self.ensure_one()
        return Plan(
            {
                "version": VERSION,
                "route": self.id,
                "name": self._translations_of("name"),
                "domain": literal_eval(self.domain or "[]"),
                "types": self._ids_in("order_type_ids"),
                "since": fields.Datetime.to_string(self.in_force_since),
                "submitter_policy": self.submitter_policy,
                "repeat_policy": self.repeat_policy,
                "one_seat": self.one_seat,
                "lets_withdraw": self.lets_withdraw,
                "stages": [
                    stage._compile(number)
                    for number, stage in enumerate(self.stage_ids)
                ],
            }
        )
