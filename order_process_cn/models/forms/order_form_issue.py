from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class OrderFormIssue(models.Model):
    """A copy of a form that was given to somebody, and whether he has confirmed it.

    Registered when the form is issued or first printed; printing again is counted.
    """

    _name = "order.form.issue"
    _inherit = ["order.engine.mixin"]
    _description = "Issued Form"
    _order = "issued_on desc, id desc"

    form_id = fields.Many2one(
        "order.form", required=True, readonly=True, ondelete="restrict"
    )
    copy_number = fields.Integer(readonly=True)
    copy_name = fields.Char(string="Goes to", readonly=True)
    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", required=True, readonly=True
    )
    document_name = fields.Char(string="Document Number", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    department_id = fields.Many2one(
        "order.department", string="Recipient", readonly=True, index="btree_not_null"
    )
    issued_on = fields.Datetime(readonly=True, required=True)
    issued_by_id = fields.Many2one("res.users", string="Issued by", readonly=True)
    print_count = fields.Integer(string="Printed", readonly=True)
    printed_on = fields.Datetime(string="Last Printed", readonly=True)
    acknowledged_by_id = fields.Many2one(
        "res.users", string="Received by", readonly=True
    )
    acknowledged_on = fields.Datetime(string="Received on", readonly=True)
    waits_for_me = fields.Boolean(
        compute="_compute_waits_for_me", search="_search_waits_for_me"
    )

    _copy_uniq = models.UniqueIndex("(res_model, res_id, form_id, copy_number)")

    @api.depends("acknowledged_on", "department_id")
    @api.depends_context("uid")
    def _compute_waits_for_me(self):
        mine = self.filtered_domain(self._mine_domain())
        for issue in self:
            issue.waits_for_me = issue in mine

    def _search_waits_for_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._mine_domain()

    @api.model
    def _mine_domain(self):
        departments = set()
        for person in self.env.user._get_signing_capacities():
            departments |= person.departments
        return Domain("acknowledged_on", "=", False) & Domain(
            "department_id", "in", list(departments)
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was issued is kept on record."))

    @api.model
    def _record_issues(self, form, records, printed):
        """Register every copy of ``form`` for ``records``; count it when ``printed``.

        :param form: superuser record
        """
        issues = self.sudo()  # written here only; whoever may print is registered
        now = fields.Datetime.now()
        known = issues.search(
            [
                ("form_id", "=", form.id),
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
            ]
        )
        found = known.grouped("res_id")
        vals_list = []
        for record in records:
            numbers = set(found.get(record.id, issues).mapped("copy_number"))
            vals_list += [
                {
                    "form_id": form.id,
                    "copy_number": number,
                    "copy_name": name,
                    "department_id": department.id,
                    "res_model": record._name,
                    "res_id": record.id,
                    "document_name": record._get_form_document(),
                    "company_id": record._get_form_company().id,
                    "issued_on": now,
                    "issued_by_id": self.env.uid,
                }
                for number, (name, department) in enumerate(
                    record._get_form_copies(form), start=1
                )
                if number not in numbers
            ]
        known += issues.create(vals_list)
        if printed:
            for issue in known:
                issue.write({"print_count": issue.print_count + 1, "printed_on": now})
        return known

    def action_acknowledge(self):
        """Confirm receipt as a member of the department the copy goes to."""
        others = self.filtered(lambda issue: not issue.waits_for_me)
        if others:
            raise UserError(
                self.env._(
                    "Not yours to receive, or received already: %s",
                    ", ".join(others.mapped("document_name")),
                )
            )
        self.sudo().write(  # checked above as the caller
            {
                "acknowledged_by_id": self.env.uid,
                "acknowledged_on": fields.Datetime.now(),
            }
        )
        return True

    def action_open_document(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
