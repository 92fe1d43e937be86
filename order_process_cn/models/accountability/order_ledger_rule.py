from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class OrderLedgerRule(models.Model):
    """For what a fine or a reward is proposed, how much, and to whom (ACC-1).

    The figures are those of the company's own regulations. Nothing follows from a
    proposal before somebody has confirmed it, and nothing is deducted anywhere.
    """

    _name = "order.ledger.rule"
    _inherit = ["order.in.force.mixin", "order.company.mixin"]
    _description = "Rule for Fines and Rewards"
    _order = "sequence, id"

    name = fields.Char(string="Reason", required=True, translate=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("fine", "Fine"), ("reward", "Reward")],
        string="Fine or Reward",
        required=True,
        default="fine",
    )
    amount = fields.Float(
        string="Amount per Case",
        digits=(16, 2),
        help="In the currency of the company.",
    )
    basis = fields.Text(
        translate=True,
        required=True,
        help="The article of the company's regulations that people were told of: "
        "without one there is no fine.",
    )
    res_model = fields.Selection(
        selection="_selection_res_model",
        string="Kind of Document",
        required=True,
    )
    event_code = fields.Char(
        string="Code of the Event",
        required=True,
        help="As it stands in the history of documents.",
    )
    domain = fields.Char(
        string="Of Documents That Match",
        required=True,
        default="[]",
    )
    person = fields.Selection(
        [
            ("actor", "Who did it"),
            ("owner", "The person in charge of the document"),
            ("leader", "The head of his sales team (region)"),
        ],
        string="Concerns",
        required=True,
        default="owner",
    )
    days_back = fields.Integer(
        string="Looks Back (Days)",
        default=30,
        help="Events that are older are not proposed any more.",
    )

    _amount_positive = models.Constraint(
        "CHECK(amount >= 0 AND days_back > 0)",
        "Amounts are not negative; whether one is taken or given says the kind.",
    )

    @api.model
    def _selection_res_model(self):
        # whoever has limits has a person in charge
        events = self.env.registry["order.time.limit.mixin"]
        # which kinds of documents there are is no secret
        models_of = self.env["ir.model"].sudo()
        return [
            (name, models_of._get(name).name)
            for name, model in self.env.registry.items()
            if issubclass(model, events) and not model._abstract
        ]

    @api.constrains("domain", "res_model", "event_code")
    def _check_trigger(self):
        for rule in self:
            model = self.env[rule.res_model]
            if rule.event_code not in model._get_event_labels():
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: nothing called %(code)s happens to such a "
                        "document. Choose one of: %(codes)s",
                        rule=rule.name,
                        code=rule.event_code,
                        codes=", ".join(sorted(model._get_event_labels())),
                    )
                )
            try:
                condition = Domain(literal_eval(rule.domain))
                condition.validate(model)
            except (ValueError, SyntaxError, KeyError) as error:
                raise ValidationError(
                    self.env._(
                        "The condition of “%(rule)s” cannot be read: %(error)s",
                        rule=rule.name,
                        error=error,
                    )
                ) from error
            rule._check_condition(condition, rule.res_model)
