"""Finds here what a file names (PRC-4): by what the program calls it, else by name."""

from collections import defaultdict

from .contents import FIELDS, KINDS, STAGES
from .spelling import get_name_fields


class Finder:
    """Finds records of one company by what a file says of them; each kind of record is
    read once."""

    def __init__(self, spelling, company):
        self.env = spelling.env
        self.spelling = spelling
        self.company = company
        self.by_xml = {}
        for (model, res_id), name in spelling.xml_names.items():
            self.by_xml[model, name] = res_id
        self.by_name = {}

    def forget(self, model):
        """Read ``model`` again: records of it were made."""
        self.by_name.pop(model, None)

    def find_entry(self, entry):
        """Return the record that an entry of a file is about, or an empty one."""
        values = entry["values"]
        names = {name: values[name] for name in KINDS[entry["kind"]].key}
        return self.find(entry["kind"], {**names, "xml": entry.get("xml", "")})

    def find(self, model, reference, owner=None):
        """Return what a reference names: one record, none, or several that are called
        alike.

        :param owner: the kind of document of which a field is named
        """
        records = self.env[model]
        if model == FIELDS:
            # which fields there are is no secret; who may read it is asked
            field = self.env[owner]._fields.get(reference["field"])
            if field is None or not self.env[owner]._has_field_access(field, "read"):
                return records
            return records.sudo()._get(owner, field.name)
        res_id = self.by_xml.get((model, reference.get("xml")))
        if res_id and (record := self._keep_ours(records.browse(res_id))):
            return record
        if model == STAGES:
            route = self.find("order.review.route", reference["route"])
            return route.stage_ids.filtered(
                lambda stage: (
                    _text(reference["name"]) & self._names(stage)["name"].keys()
                )
            )
        known = self._known(model)
        left = set()
        for name in get_name_fields(model):
            found = {
                res_id
                for text in _text(reference[name])
                for res_id in known[name].get(text, ())
            }
            # the next name only says which of several is meant
            left = (left & found or left) if left else found
            if len(left) == 1:
                break
        return records.browse(sorted(left))

    def _keep_ours(self, record):
        record = record.exists()
        # another company's is left out, not shown
        if "company_id" in record._fields and record.sudo().company_id:
            if record.sudo().company_id != self.company:
                return record.browse()
        return record

    def _known(self, model):
        """Return ``{field: {text: ids}}`` of all records that may be meant."""
        if model not in self.by_name:
            domain = []
            if "company_id" in self.env[model]._fields:
                domain = [("company_id", "in", [False, self.company.id])]
            if model == "res.users":
                domain = [("share", "=", False), ("company_ids", "in", self.company.id)]
            # configuration: some dozen records, whose names are no secret
            self.by_name[model] = self._names(self.env[model].sudo().search(domain))
        return self.by_name[model]

    def _names(self, records):
        found = {name: defaultdict(list) for name in get_name_fields(records._name)}
        for name, ids in found.items():
            translated = records._fields[name].translate or name == "full_name"
            codes = self.spelling.languages if translated else [self.env.lang]
            for code in codes:
                for record in records.with_context(lang=code):
                    if record[name] and record.id not in ids[record[name]]:
                        ids[record[name]].append(record.id)
        return found


def _text(value):
    return {*value.values()} if isinstance(value, dict) else {value}
