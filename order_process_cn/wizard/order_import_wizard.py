import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.mechanism.engine import public_act
from ..models.order_import.checking import Orders
from ..models.order_import.reading import MOST_BYTES, read_rows, write_template
from ..tools.uploads import read_upload


class OrderImportWizard(models.TransientModel):
    """Orders of a file: first everything that is wrong with it, cell by cell, then
    drafts of all of them or of none (INT-8)."""

    _name = "order.import.wizard"
    _inherit = ["order.question.mixin"]
    _description = "Import Orders"
    _rec_name = "file_name"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [
            ("file", "File of Orders"),
            ("checked", "Checked"),
            ("done", "Drafts Made"),
        ],
        string="Where It Stands",
        required=True,
        readonly=True,
        default="file",
    )
    content = fields.Binary(string="Sheet or Text", attachment=False)
    file_name = fields.Char()
    template = fields.Binary(
        string="Empty Template", compute="_compute_template", attachment=False
    )
    template_name = fields.Char(compute="_compute_template")
    summary = fields.Char(string="Result of the Check", readonly=True)
    has_faults = fields.Boolean(readonly=True)
    checked = fields.Char(readonly=True)
    line_ids = fields.One2many(
        "order.import.wizard.line", "page_id", string="To Be Mended", readonly=True
    )
    order_ids = fields.Many2many("sale.order", string="Imported Drafts", readonly=True)

    @api.depends("file_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for page in self:
            page.display_name = page.file_name or self.env._("Import Orders")

    @api.depends_context("lang")
    def _compute_template(self):
        content = base64.b64encode(write_template(self.env))
        for page in self:
            page.template = content
            page.template_name = self.env._("Orders to import.csv")

    @public_act
    def action_template(self):
        """Return the download of an empty sheet with the columns that are read: of a
        page that was not saved before, too."""
        self._enter()
        return {
            "type": "ir.actions.act_url",
            "target": "download",
            "url": f"/web/content/{self._name}/{self.id}/template"
            "?download=true&filename_field=template_name",
        }

    @public_act
    def action_check(self):
        """Show everything that is wrong with the file; nothing else is written.

        :raise UserError: the file cannot be read at all
        """
        self._enter()
        found = self._read()
        self.line_ids.unlink()
        self.env["order.import.wizard.line"].create(
            [
                {
                    "page_id": self.id,
                    "row_number": fault.row,
                    "cell": fault.cell,
                    "column_label": fault.column,
                    "cell_text": fault.value,
                    "advice": fault.text,
                }
                for fault in found.faults
            ]
        )
        self.write(
            {
                "state": "checked",
                "has_faults": bool(found.faults),
                "checked": self._digest(),
                "summary": self._summarize(found),
            }
        )

    @public_act
    def action_make(self):
        """Make drafts of all orders of the file, or of none.

        :raise UserError: the file was not checked, or something is wrong with it
        """
        self._enter()
        if self.state == "done":
            return self._open_orders()
        if self.state != "checked" or self.checked != self._digest():
            raise UserError(self.env._("Check the file first."))
        found = self._read()
        if found.faults:
            raise UserError(
                self.env._(
                    "%s cells have to be mended first, nothing was imported.",
                    len(found.faults),
                )
            )
        orders = found.make_drafts()
        self.write(
            {
                "state": "done",
                "order_ids": orders.ids,
                "summary": self.env._("%s drafts were made.", len(orders)),
            }
        )
        return self._open_orders()

    def _enter(self):
        self.ensure_one()
        self.check_access("write")
        orders = self.env["sale.order"]
        if not orders.has_access("create"):
            raise AccessError(self.env._("Only those who sell import orders."))

    def _read(self):
        """Return the :class:`Orders` of the uploaded file, checked."""
        too_large = self.env._("The file is too large: split it.")
        data = read_upload(self.env, self.content, MOST_BYTES, too_large)
        return Orders(self.env, self.company_id, read_rows(self.env, data)).check()

    def _digest(self):
        return hashlib.sha256(self.content or b"").hexdigest()

    def _summarize(self, found):
        rows, orders = len(found.table.rows), len(found.groups)
        if not found.faults:
            return self.env._(
                "%(rows)s rows, %(orders)s orders: everything can be read.",
                rows=rows,
                orders=orders,
            )
        return self.env._(
            "%(faults)s cells of %(rows)s rows have to be mended in the file. Then "
            "choose it again: nothing is imported until all of it can be read.",
            faults=len(found.faults),
            rows=rows,
        )

    def _open_orders(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Imported Drafts"),
            "res_model": "sale.order",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.order_ids.ids)],
        }
