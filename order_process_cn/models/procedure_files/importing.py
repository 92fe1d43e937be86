"""The change that the file of a procedure makes (PRC-4)."""

from odoo import Command
from odoo.exceptions import UserError

from .comparing import SAME, Comparison, in_language
from .conditions import bring_in, find_marks
from .contents import BORN_OFF, KINDS, NEVER_CHANGED, STAGES

# stages name one another: written once all of them are there
RETURNS = {"return_to", "return_stage_id"}


class Import(Comparison):
    """Writes what a comparison has shown, with the rights of whoever imports."""

    def write_everything(self):
        """Write what the file says, all of it or nothing.

        :raise UserError: something of it is not found here, or cannot be set
        """
        if self.problems:
            raise UserError("\n".join(self.problems))
        for model in KINDS:
            for entry in self.content["records"]:
                if entry["kind"] == model:
                    self._write_entry(entry)
        again = Import(self.user_env, self.company, self.content).compare()
        if again.has_differences() or again.problems:
            left = [row for row in again.rows if row.state != SAME]
            words = [*again.problems, *(f"{r.record}: {r.field} {r.new}" for r in left)]
            raise UserError(
                self.user_env._(
                    "This cannot be set as the file says; nothing was imported:\n%s",
                    "\n".join(words),
                )
            )

    def _write_entry(self, entry):
        kind, record = KINDS[entry["kind"]], self.finder.find_entry(entry)
        # as whoever imports, in his language: so are refusals
        record = record.with_env(self.user_env)
        values = self._prepare(kind, record, record.browse(), entry, None)
        if "company" in entry:
            shared = entry["company"] == "every"
            if not record or shared == bool(record.company_id):
                values["company_id"] = False if shared else self.company.id
        if record:
            if values:
                record.write(values)
        else:
            if entry["kind"] in BORN_OFF:
                values["active"] = False
            record = record.create(values)
            self.finder.forget(record._name)
            self._become_part(entry, record)
        self._write_texts(kind, record, entry)
        self._write_return_stages(record, entry)

    def _become_part(self, entry, record):
        """Let the card name the record that takes the place of a deleted one."""
        xml = entry.get("xml", "").partition(".")[2].removeprefix("order_")
        if not xml:
            return
        parts = self.env["order.procedure.part"].search(
            [
                ("procedure_id.code", "=", self.content["procedure"]),
                ("res_model", "=", record._name),
            ]
        )
        records = parts._get_records()
        # the card comes with the program: only which record it names is written
        parts = parts.sudo().filtered(lambda part: not records[part])
        names = parts.get_external_id()
        for part in parts:
            if names[part.id].endswith(f"_{xml}"):
                part.res_id = record.id

    def _prepare(self, kind, record, model, wanted, owner):
        """Return what differs as values for ``create`` or ``write``."""
        now = record and self.spelling._spell_values(record, kind)
        owner = owner or wanted["values"].get("res_model") or "sale.order"
        values = {}
        for name in kind.fields:
            if name not in model._fields or name in RETURNS:
                continue
            field, value = model._fields[name], wanted["values"][name]
            if now and (
                name in NEVER_CHANGED
                or self._is_same(field, now["values"][name], value)
            ):
                continue
            values[name] = self._convert(field, value, owner)
        for name, lines in kind.lines.items():
            commands = self._prepare_lines(record, model, name, lines, wanted, owner)
            if commands:
                values[name] = commands
        return values

    def _prepare_lines(self, record, model, name, kind, wanted, owner):
        comodel = self.user_env[model._fields[name].comodel_name]
        pairs, gone = self._pair(comodel, kind, record, name, wanted)
        commands = [Command.delete(line.id) for line in gone]
        for line, target in pairs:
            values = self._prepare(kind, target, comodel, line, owner)
            if not target:
                commands.append(Command.create(values))
            elif values:
                commands.append(Command.update(target.id, values))
        return commands

    def _convert(self, field, value, owner):
        if field.name == "domain" and isinstance(value, dict):
            ids = [False] * len(value["records"])
            for number, model in find_marks(self.env, owner, value):
                ids[number] = self._find(model, value["records"][number], owner).id
            return bring_in(self.env, owner, value, ids)
        if field.translate:
            return in_language(self.user_env, value)
        if value is None:
            return False if field.type != "many2many" else [Command.clear()]
        if field.type == "many2one":
            return self._find(field.comodel_name, value, owner).id
        if field.relational:
            found = [self._find(field.comodel_name, one, owner).id for one in value]
            return [Command.set(found)]
        return value

    def _write_texts(self, kind, record, wanted):
        """Write what a record says in the languages that are in use here."""
        for name in kind.fields:
            field = record._fields.get(name)
            if field is None or not field.translate:
                continue
            old = self.spelling.spell_field(record, name)
            new = wanted["values"][name]
            for code in old.keys() & new.keys():
                if old[code] != new[code]:
                    record.with_context(lang=code)[name] = new[code]
        for name, lines in kind.lines.items():
            comodel = self.env[record._fields[name].comodel_name]
            for line, target in self._pair(comodel, lines, record, name, wanted)[0]:
                self._write_texts(lines, target, line)

    def _write_return_stages(self, record, entry):
        """Let stages name one another, once all of them are there."""
        if record._name != "order.review.route":
            return
        kind = KINDS[record._name].lines["stage_ids"]
        comodel = self.env[STAGES]
        for line, stage in self._pair(comodel, kind, record, "stage_ids", entry)[0]:
            value = line["values"]["return_stage_id"]
            target = self._find(STAGES, value, None) if value else comodel
            where = {
                "return_to": line["values"]["return_to"],
                "return_stage_id": target.id,
            }
            if (stage.return_to, stage.return_stage_id) != (where["return_to"], target):
                stage.with_env(self.user_env).write(where)
