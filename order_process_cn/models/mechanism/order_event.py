from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.rows import spell_insert


class OrderEvent(models.Model):
    """What happened to a document, when, and who did it (ANA-2).

    The only history of the process: nothing else notes when a step began or ended.
    Kept for good; a transaction adds all its events with one statement.
    """

    _name = "order.event"
    _inherit = ["order.append.only.mixin", "order.engine.mixin"]
    _description = "Event of a Document"
    _log_access = False  # has its own moment and person
    _order = "at desc, id desc"
    _rec_name = "document_name"

    document_name = fields.Char(string="Document", readonly=True)
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Document ID", model_field="res_model", required=True, readonly=True
    )
    code = fields.Char(required=True, readonly=True, index=True)
    label = fields.Char(string="Event", compute="_compute_label")
    detail = fields.Char(readonly=True, help="Which step was reached, which limit.")
    at = fields.Datetime(string="On", required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)

    _document_idx = models.Index("(res_model, res_id, at)")

    @api.depends_context("lang")
    @api.depends("res_model", "code", "detail")
    def _compute_label(self):
        for model, events in self.grouped("res_model").items():
            labels = model in self.env and self.env[model]._get_event_labels()
            for event in events:
                event.label = event._spell(labels or {})

    def _spell(self, labels):
        label = labels.get(self.code, self.code)
        if not self.detail:
            return label
        steps = self.env[self.res_model]._get_event_details().get(self.code, {})
        return f"{label}: {steps.get(self.detail, self.detail)}"

    # -- noting ------------------------------------------------------------------------

    @api.model
    def _note(self, records, code, at, values):
        """Add an event for each of ``records`` when this transaction commits.

        :param records: of one model
        :param dict values: further columns, hashable
        """
        rows = [
            (
                ("res_model", record._name),
                ("res_id", record.id),
                ("document_name", record[record._rec_name or "display_name"]),
                ("code", code),
                ("at", at),
                ("user_id", self.env.uid),
                ("company_id", record.company_id.id),
                *values.items(),
            )
            for record in records
        ]
        # the history is kept by the engine, whoever acts
        self.env["order.touched"]._collect(self.sudo()._add, rows=rows)

    @api.model
    def _add(self, touched):
        rows = [dict(row) for row in touched["rows"]]
        self.env.execute_query(SQL("%s RETURNING id", spell_insert(self, rows)))
