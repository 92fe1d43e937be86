from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# sources that name a countersign department
DEPARTMENT_SOURCES = {"department", "head"}
# sources whose people are known before there is a document
JUDGED_SOURCES = DEPARTMENT_SOURCES | {"users", "group"}


class OrderReviewSeat(models.Model):
    """One signature that a stage asks for, and where its signer comes from (CSN-2)."""

    _name = "order.review.seat"
    _inherit = ["order.people.mixin"]
    _description = "Seat"
    _order = "stage_id, sequence, id"

    stage_id = fields.Many2one(
        "order.review.stage", required=True, ondelete="cascade", index=True
    )
    res_model = fields.Selection(related="stage_id.res_model")
    sequence = fields.Integer(default=10)
    source = fields.Selection(
        [
            ("department", "A member of a department"),
            ("head", "The head of a department"),
            ("users", "Named persons"),
            ("group", "Anybody of a user group"),
            ("salesperson", "The salesperson"),
            ("team_leader", "The team leader"),
            ("field", "A person named on the document"),
            ("chosen", "Chosen by the submitter"),
        ],
        required=True,
        default="department",
    )
    department_id = fields.Many2one("order.department", ondelete="restrict")
    user_ids = fields.Many2many(
        "res.users", string="Persons", domain="[('share', '=', False)]"
    )
    signer_list_id = fields.Many2one(
        "order.signer.list", compute="_compute_signer_list_id", store=True
    )
    # a deleted group would leave a seat that names nobody, without a word
    group_id = fields.Many2one("res.groups", string="User Group", ondelete="restrict")
    user_field_id = fields.Many2one(
        "ir.model.fields",
        string="Field",
        domain="[('model', '=', res_model), ('relation', '=', 'res.users'), "
        "('ttype', '=', 'many2one')]",
        ondelete="cascade",
    )
    domain = fields.Char(
        string="Condition",
        default="[]",
        help="The seat is asked only for documents that match.",
    )
    amount_from = fields.Float(
        string="From Amount",
        help="The seat is asked only from this amount on, in company currency: the "
        "limit up to which those before it may decide alone.",
    )

    def _get_people_fields(self):
        return [
            "stage_id",
            "sequence",
            "source",
            "department_id",
            "user_ids",
            "group_id",
            "user_field_id",
            "domain",
            "amount_from",
        ]

    def _get_people_to_tell(self):
        return self.user_ids if self.source == "users" else self.env["res.users"]

    @api.constrains("source", "department_id", "user_ids", "group_id", "user_field_id")
    def _check_source(self):
        needed = {
            "department": "department_id",
            "head": "department_id",
            "users": "user_ids",
            "group": "group_id",
            "field": "user_field_id",
        }
        for seat in self:
            name = needed.get(seat.source)
            if name and not seat[name]:
                raise ValidationError(
                    self.env._(
                        "A seat of “%(stage)s” names nobody: fill in “%(field)s”.",
                        stage=seat.stage_id.name,
                        field=seat._fields[name]._description_string(self.env),
                    )
                )

    @api.constrains("domain")
    def _check_domain(self):
        for seat in self:
            seat.stage_id.route_id._validate_domain(seat.domain, seat.display_name)

    @api.depends("source", "user_ids")
    def _compute_signer_list_id(self):
        for seat in self:
            several = seat.source == "users" and len(seat.user_ids) > 1
            seat.signer_list_id = several and seat.signer_list_id._get_of(seat.user_ids)

    @api.depends("source", "department_id", "user_ids", "group_id", "user_field_id")
    def _compute_display_name(self):
        for seat in self:
            seat.display_name = seat._describe()

    def _describe(self):
        """Return the seat in a few words, in the language of the reader."""
        self.ensure_one()
        if self.source == "department":
            return self.department_id.name
        if self.source == "head":
            return self.env._("Head of %s", self.department_id.name)
        if self.source == "users":
            return ", ".join(self.user_ids.mapped("name"))
        if self.source == "group":
            return self.group_id.name
        if self.source == "field":
            return self.user_field_id.field_description
        return dict(self._fields["source"]._description_selection(self.env))[
            self.source
        ]

    def _explain_nobody(self, companies):
        """Return why nobody of any of ``companies`` can sign this seat, or ``False``:
        whoever knows who can sign says so."""
        return False

    def _compile(self):
        """Return this seat as plain data."""
        self.ensure_one()
        return {
            "seat": self.id,
            "sequence": self.sequence,
            "source": self.source,
            "name": {
                code: self.with_context(lang=code)._describe()
                for code, _label in self.env["res.lang"].get_installed()
            },
            "department": self.department_id.id
            if self.source in DEPARTMENT_SOURCES
            else False,
            "user": self.user_ids.id
            if self.source == "users" and not self.signer_list_id
            else False,
            "list": self.signer_list_id.id,
            "group": self.group_id.id if self.source == "group" else False,
            # the name of a field, chosen by an administrator
            "field": self.user_field_id.sudo().name
            if self.source == "field"
            else False,
            "domain": literal_eval(self.domain or "[]"),
            "amount_from": self.amount_from,
        }
