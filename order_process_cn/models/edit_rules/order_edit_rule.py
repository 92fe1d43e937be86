from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..intake.classification import get_order_type
from ..mechanism.memory import remembered
from .stages import RANK, STAGES

FREE, REASON, CHANGE, NEVER = "free", "reason", "change", "never"
# what rules speak of beside the groups of facts: who and what the document is, and
# that it is called off
DOCUMENT, CANCEL = "document", "cancel"


class OrderEditRule(models.Model):
    """Who may still change what of an order at which stage, and how (CHG-4).

    The first rule that fits decides; what no rule speaks of is free, as in Odoo.
    """

    _name = "order.edit.rule"
    _inherit = ["order.config.mixin", "order.company.mixin"]
    _description = "Rule for Changing Orders"
    _order = "sequence, id"

    name = fields.Char(
        string="Rule",
        required=True,
        translate=True,
        help="Named to whoever is refused.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    what = fields.Selection(
        [
            ("facts", "Parts of the order"),
            (DOCUMENT, "Customer, number and order type"),
            (CANCEL, "Cancelling the order"),
        ],
        required=True,
        default="facts",
    )
    fact_group_ids = fields.Many2many(
        "order.fact.group",
        string="Which Parts",
        ondelete="restrict",
        help="Leave empty for everything that is signed, customer and number included.",
    )
    from_stage = fields.Selection(
        STAGES, string="From", required=True, default="approved"
    )
    until_stage = fields.Selection(
        STAGES,
        string="Up To",
        help="The last stage for which it holds; leave empty for all that follow.",
    )
    order_type_ids = fields.Many2many(
        "order.type",
        string="Order Types",
        help="Leave empty for orders of every type.",
    )
    user_group_ids = fields.Many2many(
        "res.groups",
        string="For",
        # without its last group the rule would be for everybody
        ondelete="restrict",
        help="Whom the rule speaks of; leave empty for everybody. To allow some what "
        "others may not, put their rule first.",
    )
    mode = fields.Selection(
        [
            (FREE, "Freely"),
            (REASON, "With a reason"),
            (CHANGE, "By change request only"),
            (NEVER, "Not any more"),
        ],
        string="May Be Changed",
        required=True,
        default=CHANGE,
    )

    @api.model
    def _get_narrowing_fields(self):
        return ["order_type_ids"]

    @api.constrains("from_stage", "until_stage")
    def _check_stages(self):
        for rule in self.filtered("until_stage"):
            if RANK[rule.until_stage] < RANK[rule.from_stage]:
                raise ValidationError(
                    self.env._("“%s” ends at a stage before it begins.", rule.name)
                )

    @api.onchange("what")
    def _onchange_what(self):
        if self.what != "facts":
            self.fact_group_ids = False

    # -- finding -----------------------------------------------------------------------

    @api.model
    @remembered
    def _compiled(self):
        """Return the rules in force as plain data, in the order in which they are
        asked."""
        return [
            {
                "names": rule._translations_of("name"),
                "mode": rule.mode,
                "subjects": rule._get_subjects(),
                "stages": rule._get_stages(),
                "company": rule.company_id.id,
                "types": set(rule._ids_in("order_type_ids")),
                "groups": set(rule.user_group_ids.ids),
            }
            for rule in self.search([])
        ]

    def _get_subjects(self):
        """Return of what one rule speaks: codes of groups of facts."""
        if self.what != "facts":
            return {self.what}
        groups = self.fact_group_ids or self.fact_group_ids.search([])
        codes = set(groups.mapped("code"))
        return codes if self.fact_group_ids else codes | {DOCUMENT}

    def _get_stages(self):
        last = RANK[self.until_stage or STAGES[-1][0]]
        first = RANK[self.from_stage]
        return {stage for stage, rank in RANK.items() if first <= rank <= last}

    @api.model
    def _find_for(self, order, stage, user):
        """Return ``{subject: compiled rule}``: what holds for ``user`` at a stage of
        one order. Subjects without a rule are free.

        :param order: read as superuser
        """
        found, groups = {}, None
        for rule in self._compiled():
            if stage not in rule["stages"]:
                continue
            if rule["company"] not in {False, order.company_id.id}:
                continue
            if rule["types"] and get_order_type(order).id not in rule["types"]:
                continue
            if rule["groups"]:
                groups = groups or set(user._get_group_ids())
                if not rule["groups"] & groups:
                    continue
            for subject in rule["subjects"]:
                found.setdefault(subject, rule)
        return found

    @api.model
    @remembered
    def _name_subjects(self, lang):
        """Return ``{subject: words}``, in the order in which they are named."""
        rule = self.with_context(lang=lang)
        what = dict(self._fields["what"]._description_selection(rule.env))
        return {
            **self.env["order.fact.group"]._get_names(lang),
            **{code: what[code] for code in (DOCUMENT, CANCEL)},
        }
