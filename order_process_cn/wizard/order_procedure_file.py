import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.mechanism.engine import public_act
from ..models.procedure_files.contents import MOST_BYTES
from ..models.procedure_files.export import write_file
from ..models.procedure_files.importing import Import
from ..models.procedure_files.reading import read_file
from ..tools.uploads import read_upload


class OrderProcedureFile(models.TransientModel):
    """A procedure goes into a file and comes out of one (PRC-4): first what would
    change, row by row, then the change, all of it or nothing."""

    _name = "order.procedure.file"
    _inherit = ["order.question.mixin"]
    _description = "File of a Procedure"
    _rec_name = "file_name"

    procedure_id = fields.Many2one("order.procedure", readonly=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [
            ("file", "Choose a File"),
            ("compared", "Differences"),
            ("done", "Import Done"),
            ("export", "Exported"),
        ],
        string="Step",
        readonly=True,
        required=True,
        default="file",
    )
    content = fields.Binary(string="Procedure File", attachment=False)
    file_name = fields.Char()
    problems = fields.Text(string="In the Way", readonly=True)
    summary = fields.Char(string="Comparison", readonly=True)
    shown = fields.Char(readonly=True)
    line_ids = fields.One2many(
        "order.procedure.file.line", "page_id", string="Differences", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_may_import()
        return super().create(vals_list)

    def _check_may_import(self):
        if not self.env.user.has_group("order_process_cn.order_group_manager"):
            raise AccessError(
                self.env._(
                    "Only an administrator of the process exports and imports "
                    "procedures."
                )
            )

    def _fill_from_here(self):
        self.ensure_one()
        text = write_file(self.procedure_id)
        self.write(
            {
                "state": "export",
                "content": base64.b64encode(text.encode("utf-8")),
                "file_name": f"{self.procedure_id.code}.json",
            }
        )

    def _show(self, name):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_procedure_file_action"
        )
        return {**action, "name": name, "display_name": name, "res_id": self.id}

    # -- acts --------------------------------------------------------------------------

    @public_act
    def action_compare(self):
        """Show what the file would change here; nothing is written.

        :raise UserError: everything that is wrong with the file, at once
        """
        self._enter()
        found = self._compare()
        self.line_ids.unlink()
        self.env["order.procedure.file.line"].create(
            [
                {
                    "page_id": self.id,
                    "sequence": number,
                    "state": row.state,
                    "record_name": row.record,
                    "field_label": row.field,
                    "old_value": row.old,
                    "new_value": row.new,
                }
                for number, row in enumerate(found.rows)
            ]
        )
        self.write(
            {
                "state": "compared",
                "problems": "\n".join(found.problems),
                "shown": self._digest(found),
                "summary": self._summarize(found),
            }
        )

    @public_act
    def action_import(self):
        """Do what the differences say, all of it or nothing; nothing is switched on.

        :raise UserError: something is missing here, or has changed since it was shown
        """
        self._enter()
        if self.state == "done":
            return
        found = self._compare()
        if self.state != "compared" or self.shown != self._digest(found):
            raise UserError(
                self.env._(
                    "File or configuration have changed since the differences were "
                    "shown: look at them again with “Show the Differences”."
                )
            )
        found.write_everything()
        self.write(
            {
                "state": "done",
                "summary": self.env._(
                    "Imported. What is new is switched on from the card."
                ),
            }
        )

    @public_act
    def action_open_card(self):
        """Open the card of the procedure, from where it is switched on."""
        self._enter()
        return {
            "type": "ir.actions.act_window",
            "res_model": "order.procedure",
            "res_id": self.procedure_id.id,
            "views": [(False, "form")],
        }

    def _enter(self):
        self.ensure_one()
        self.check_access("write")
        self._check_may_import()

    def _compare(self):
        """Return the :class:`Import` of the uploaded file, compared."""
        too_large = self.env._("The file is too large for a procedure.")
        data = read_upload(self.env, self.content, MOST_BYTES, too_large)
        content = read_file(self.env, data)
        procedure = self.env["order.procedure"].search(
            [("code", "=", content["procedure"])]
        )
        if not procedure:
            raise UserError(
                self.env._(
                    "There is no procedure %s here: it came with an addon that is not "
                    "installed.",
                    content["procedure"][:50],
                )
            )
        self.procedure_id = procedure
        return Import(self.env, self.company_id, content).compare()

    def _digest(self, found):
        text = bytes(self.content) + found.spell_rows().encode("utf-8")
        return hashlib.sha256(text).hexdigest()

    def _summarize(self, found):
        if found.problems:
            return self.env._(
                "%s obstacles: nothing can be imported yet.", len(found.problems)
            )
        if not found.has_differences():
            return self.env._("Nothing differs: it is configured like this already.")
        return self.env._(
            "%(number)s differences in %(records)s records.",
            number=len([row for row in found.rows if row.state != "same"]),
            records=len({row.record for row in found.rows if row.state != "same"}),
        )
