"""A record of the configuration as plain data, the same for the same configuration
(PRC-4)."""

from .conditions import carry_out
from .contents import FIELDS, KINDS, NAMES, STAGES


class Spelling:
    """Spells records; what they are called by the addon is read once."""

    def __init__(self, env):
        # texts in every language are read one by one
        self.env = env(context=dict(env.context, active_test=False, lang="en_US"))
        self.languages = sorted(
            code for code, _name in self.env["res.lang"].get_installed()
        )
        if "en_US" not in self.languages:
            self.env = env(context=dict(env.context, active_test=False))
        self.xml_names = self._read_xml_names()

    def _read_xml_names(self):
        """Return ``{(model, id): name}`` of what came with the program."""
        lines = {
            self.env[model]._fields[name].comodel_name
            for model, kind in KINDS.items()
            for name in kind.lines
        }
        # people are who they are called, whatever account they were made from
        wanted = ({*KINDS, *NAMES, *lines} | {"order.review.seat"}) - {"res.users"}
        # how the program calls its records is no secret
        rows = (
            self.env["ir.model.data"]
            .sudo()
            .search_fetch(
                [("model", "in", sorted(wanted)), ("module", "not in", ["__export__"])],
                ["module", "name", "model", "res_id"],
                order="module DESC, name DESC",
            )
        )
        return {
            (row.model, row.res_id): row.complete_name
            for row in rows
            if not row.module.startswith("__")
        }

    def spell_record(self, record):
        """Return one record of the table as a dictionary."""
        kind = KINDS[record._name]
        spelled = {"kind": record._name, **self._spell_values(record, kind)}
        if "company_id" in record._fields:
            spelled["company"] = "one" if record.company_id else "every"
        return spelled

    def _spell_values(self, record, kind):
        spelled = {}
        if xml := self.xml_names.get((record._name, record.id)):
            spelled["xml"] = xml
        spelled["values"] = {
            name: self.spell_field(record, name)
            for name in kind.fields
            if name in record._fields
        }
        if kind.lines:
            spelled["lines"] = {
                name: [
                    self._spell_values(line, lines)
                    for line in record[name].sorted(_by_sequence)
                ]
                for name, lines in kind.lines.items()
            }
        return spelled

    def spell_field(self, record, name):
        """Return the value of one field: texts by language, records by name."""
        field = record._fields[name]
        if field.translate:
            return {
                code: record.with_context(lang=code)[name] or ""
                for code in self.languages
            }
        value = record[name]
        if name == "domain":
            owner = record.res_model if "res_model" in record._fields else "sale.order"
            return carry_out(self, owner, value or "[]")
        if field.type == "many2one":
            return self.spell_reference(value) if value else None
        if field.relational:
            return sorted(map(self.spell_reference, value), key=repr)
        if value is False and field.type != "boolean":
            return None
        return value

    def spell_reference(self, record):
        """Return how a record is named that is not described where it is named."""
        if record._name == FIELDS:
            return {"field": record.sudo().name}  # which fields there are is no secret
        spelled = {}
        if xml := self.xml_names.get((record._name, record.id)):
            spelled["xml"] = xml
        if record._name == STAGES:
            spelled["route"] = self.spell_reference(record.route_id)
        # names of colleagues and groups are no secret
        names = record.sudo()
        for name in get_name_fields(record._name):
            spelled[name] = names[name] or ""
        return spelled


def get_name_fields(model):
    """Return the names of the fields by which records of ``model`` are found."""
    if model == STAGES:
        return ("name",)
    return NAMES[model] if model in NAMES else KINDS[model].key


def _by_sequence(line):
    return (line.sequence if "sequence" in line._fields else 0, line.id)
