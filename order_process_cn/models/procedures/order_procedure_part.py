from collections import defaultdict

from odoo import api, fields, models

# what becomes active first: what others name before those that name it
RANK = (
    "order.issue.window",
    "order.deposit.rule",
    "order.entry.rule",
    "order.review.route",
    "order.edit.rule",
    "order.time.limit",
    "order.type",
    # its steps ask something of types
    "order.payment.plan",
)


class OrderProcedurePart(models.Model):
    """A record of the configuration by which a procedure is carried out (PRC-1).

    It says what belongs together, and nothing about what is in force: that is read from
    the records themselves.
    """

    _name = "order.procedure.part"
    _inherit = ["order.config.mixin"]
    _description = "Part of a Procedure"
    _order = "procedure_id, sequence, id"

    procedure_id = fields.Many2one(
        "order.procedure", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    role = fields.Selection(
        [
            ("switch", "Is switched on"),
            ("set", "A field of it is set"),
            ("use", "Is used as it is"),
        ],
        string="What Happens to It",
        required=True,
        default="switch",
    )
    res_model = fields.Selection(
        selection="_selection_res_model", string="Kind", required=True
    )
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True)
    field_name = fields.Char(help="Which field of the record is set.")
    value = fields.Char(
        string="Set to",
        help="The key of a selection or the number of a record; ticked when empty.",
    )

    @api.model
    def _selection_res_model(self):
        configuration = self.env.registry["order.config.mixin"]
        # which kinds of configuration there are is no secret
        models_of = self.env["ir.model"].sudo()
        return [
            (name, models_of._get(name).name)
            for name, model in self.env.registry.items()
            if issubclass(model, configuration) and not model._abstract
        ] + [("order.issue.window", models_of._get("order.issue.window").name)]

    @api.depends("res_model", "res_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        records = self._get_records()
        for part in self:
            part.display_name = records[part].display_name or ""

    def _get_records(self):
        """Return ``{part: record}``, an empty record for what was deleted; one query
        for each kind of record. Those of a kind are read together later."""
        found = {}
        for model, parts in self.grouped("res_model").items():
            records = self.env[model].with_context(active_test=False)
            named = records.browse(sorted(set(parts.mapped("res_id"))))
            there = named.exists().grouped("id")
            for part in parts:
                found[part] = there.get(part.res_id, records)
        return found

    def _get_configuration(self, model):
        """Return the records of one kind among these parts."""
        parts = self.filtered(lambda part: part.res_model == model)
        return self.env[model].union(*parts._get_records().values())

    def _get_value(self, record):
        """Return what the field of ``record`` is set to."""
        field = record._fields[self.field_name]
        if field.type == "boolean":
            return True
        if field.type == "many2one":
            return record.env[field.comodel_name].browse(int(self.value))
        return self.value

    def _find_on(self):
        """Return the parts that are in force as the procedure has them."""
        records = self._get_records()
        return self.filtered(lambda part: records[part] and part._is_on(records[part]))

    def _is_on(self, record):
        if self.role == "set":
            return record[self.field_name] == self._get_value(record)
        return self.role == "use" or record.active

    def _spell_effect(self, record):
        """Return in words what happens to ``record`` when this part is switched on."""
        if self.role != "set":
            return self.env._("switched on")
        label = record._fields[self.field_name]._description_string(self.env)
        now, wanted = record[self.field_name], self._get_value(record)
        if isinstance(wanted, models.BaseModel):
            text = f"{label}: {wanted.display_name}"
            if now and now != wanted:
                text += self.env._(" (now: %s)", now.display_name)
            return text
        if wanted is True:
            return self.env._("ticked: %s", label)
        labels = dict(record._fields[self.field_name]._description_selection(self.env))
        return f"{label}: {labels.get(wanted, wanted)}"

    # -- switching ---------------------------------------------------------------------

    def _switch(self, on):
        """Put these parts in force or take them out, by the records' own switches.

        What runs keeps the copy it was begun with; what the records ask before they are
        switched is asked here as well.

        :raise ValidationError: one of the records refuses, in its own words
        """
        records = self._get_records()
        by_model = defaultdict(self.browse)
        for part in self.filtered(lambda p: p.role != "use" and records[p]):
            by_model[part.res_model] |= part
        rank = {model: number for number, model in enumerate(RANK)}
        for model in sorted(
            by_model, key=lambda name: rank.get(name, len(RANK)), reverse=not on
        ):
            parts = by_model[model]
            switched = parts.filtered(lambda p: p.role == "switch")
            chosen = self.env[model].union(*(records[part] for part in switched))
            chosen.filtered(lambda record: record.active != on).active = on
            for part in parts - switched:
                record = records[part]
                record[part.field_name] = (
                    part._get_value(record) if on else part._get_default(record)
                )

    def _get_default(self, record):
        """Return what the field of a new record holds, which is what switching off goes
        back to."""
        value = record.default_get([self.field_name]).get(self.field_name)
        return value or False
