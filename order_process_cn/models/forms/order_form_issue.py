from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..mechanism.engine import public_act


class OrderFormIssue(models.Model):
    """A copy of a form that was given to somebody, and whether he has confirmed it.

    Registered when the form is issued or first printed; printing again is counted. When
    what the form says has changed, it is issued anew as the next revision, which has to
    be received again; the copies from before are superseded (CHG-5).
    """

    _name = "order.form.issue"
    _inherit = ["order.engine.mixin", "order.about.mixin"]
    _description = "Issued Form"
    _order = "issued_on desc, id desc"

    form_id = fields.Many2one(
        "order.form", required=True, readonly=True, ondelete="cascade"
    )
    copy_number = fields.Integer(readonly=True)
    copy_name = fields.Char(string="Goes to", readonly=True)
    # never empty: the unique index tells revisions apart
    revision = fields.Integer(
        required=True,
        readonly=True,
        default=0,
        help="How often the form was issued anew after a change.",
    )
    superseded_on = fields.Datetime(
        readonly=True, help="Since when another revision is the valid one, or none."
    )
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
    print_count = fields.Integer(string="Printed", compute="_compute_prints")
    printed_on = fields.Datetime(string="Last Printed", compute="_compute_prints")
    acknowledged_by_id = fields.Many2one(
        "res.users", string="Received by", readonly=True
    )
    acknowledged_on = fields.Datetime(string="Received on", readonly=True)
    waits_for_me = fields.Boolean(
        compute="_compute_waits_for_me", search="_search_waits_for_me"
    )

    _copy_uniq = models.UniqueIndex(
        "(res_model, res_id, form_id, copy_number, revision)"
    )

    @api.depends("form_id", "document_name", "revision")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for issue in self:
            parts = [issue.form_id.name, issue.document_name]
            issue.display_name = " ".join(filter(None, parts))
            if issue.revision:
                issue.display_name += f" R{issue.revision}"

    @api.depends("form_id", "res_model", "res_id", "revision")
    def _compute_prints(self):
        # whoever may see a copy may see how often it was printed
        prints = self.env["order.form.print"].sudo()._count_of(self)
        for issue in self:
            key = issue.form_id.id, issue.res_model, issue.res_id, issue.revision
            issue.print_count, issue.printed_on = prints.get(key, (0, False))

    @api.depends("acknowledged_on", "superseded_on", "department_id")
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
        return (
            Domain("acknowledged_on", "=", False)
            & Domain("superseded_on", "=", False)
            & Domain("department_id", "in", list(departments))
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
        known = issues._find_of(form, records)
        found = known.grouped("res_id")
        revisions = issues._get_revisions(form, records)
        vals_list = []
        for record in records:
            numbers = set(found.get(record.id, issues).mapped("copy_number"))
            vals_list += [
                vals
                for vals in record._prepare_issues(form, revisions[record.id])
                if vals["copy_number"] not in numbers
            ]
        if vals_list and issues._insert(vals_list):
            known = issues._find_of(form, records)
        if printed:
            issues.env["order.form.print"].create(
                [
                    {
                        "form_id": form.id,
                        "res_model": record._name,
                        "res_id": record.id,
                        "revision": revisions[record.id],
                    }
                    for record in records
                ]
            )
            known.invalidate_recordset(["print_count", "printed_on"])
        return known

    @api.model
    def _find_of(self, form, records):
        """Return the valid copies of ``form`` for ``records``."""
        return self.search(
            [
                ("form_id", "=", form.id),
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("superseded_on", "=", False),
            ]
        )

    @api.model
    def _get_revisions(self, form, records):
        """Return ``{id: revision}`` of what ``form`` says of ``records`` now."""
        groups = self.sudo()._read_group(  # a number, whoever prints the form
            [
                ("form_id", "=", form.id),
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
            ],
            ["res_id"],
            ["revision:max"],
        )
        return {**dict.fromkeys(records.ids, 0), **dict(groups)}

    def _supersede(self):
        """These copies are not valid any more. Superuser records."""
        self.superseded_on = fields.Datetime.now()

    def _reissue(self):
        """Issue anew what these valid copies were of, as the next revision, which those
        who got a copy have to receive again. Superuser records.

        :return: the new copies
        """
        self._supersede()
        vals_list = []
        for (form, model, res_id), copies in self.grouped(
            lambda issue: (issue.form_id, issue.res_model, issue.res_id)
        ).items():
            revision = max(copies.mapped("revision")) + 1
            record = self.env[model].browse(res_id)
            vals_list += record._prepare_issues(form, revision)
        return self.create(vals_list)

    @api.model
    def _insert(self, vals_list):
        """Register copies; return whether this transaction can see them.

        Two people may print a paper for the first time in the same moment, and printing
        takes long. Whoever comes second finds the copies registered and goes on: he
        must not lose his print, and sees those rows from his next one on.
        """
        names = [*vals_list[0], "create_uid", "create_date"]
        rows = [
            # no revision is revision zero, which is not empty
            SQL(
                "(%s)",
                SQL(", ").join(
                    SQL("%s", None if value is False else value) for value in row
                ),
            )
            for vals in vals_list
            for row in [[*vals.values(), self.env.uid, vals["issued_on"]]]
        ]
        insert = SQL(
            "INSERT INTO %s (%s) VALUES %s ON CONFLICT DO NOTHING",
            SQL.identifier(self._table),
            SQL(", ").join(map(SQL.identifier, names)),
            SQL(", ").join(rows),
        )
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(insert, log_exceptions=False)
        except SerializationFailure:
            return False
        return True

    @public_act
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
        self.sudo()._follow_receipt()  # as above
        return True

    def _follow_receipt(self):
        """Carry on after these copies were received. Superuser records."""
