"""The file of a procedure as it is configured here (PRC-4)."""

import json

from odoo.exceptions import UserError

from .conditions import find_fault
from .contents import KINDS, SCHEMA, VERSION
from .spelling import Spelling


def write_file(procedure):
    """Return the text of the file: JSON in a fixed order.

    :raise UserError: conditions name records by number, which say nothing elsewhere
    """
    spelling = Spelling(procedure.env)
    records = _collect(procedure.with_env(spelling.env), spelling)
    content = {
        "schema": SCHEMA,
        "version": VERSION,
        "procedure": procedure.code,
        "records": [
            spelling.spell_record(record)
            for model in KINDS
            for record in records[model].sorted(
                lambda r: (spelling.xml_names.get((r._name, r.id), "~"), r.id)
            )
        ],
    }
    if faults := list(_find_faults(procedure.env, content["records"])):
        raise UserError("\n".join(faults))
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _collect(procedure, spelling):
    """Return ``{model: records}`` of the parts, and what of our own they name."""
    records = {
        model: procedure._get_configuration(model).with_env(spelling.env)
        for model in KINDS
    }
    # plans name rules, and all of them name types and questions
    for model in reversed(KINDS):
        for name, comodel in _find_named(records[model]):
            for owner in records[model] if name in records[model]._fields else ():
                records[comodel] |= owner[name].filtered(
                    lambda r: (r._name, r.id) not in spelling.xml_names
                )
    questions = records["order.review.route"].stage_ids.question_ids
    records["order.review.question"] |= questions.filtered(
        lambda r: (r._name, r.id) not in spelling.xml_names
    )
    return records


def _find_named(records):
    for name in KINDS[records._name].fields:
        field = records._fields.get(name)
        if field is not None and field.comodel_name in KINDS:
            yield name, field.comodel_name


def _find_faults(env, entries):
    for entry in entries:
        for owner, text in iter_conditions(entry):
            if reason := find_fault(env, owner, text):
                name = entry["values"].get("name") or {}
                yield f"“{name.get(env.lang) or name.get('en_US')}”: {reason}"


def iter_conditions(entry):
    """Yield ``(model, condition)`` of one record and its lines."""
    owner = entry["values"].get("res_model") or "sale.order"
    waiting = [entry]
    while waiting:
        current = waiting.pop()
        condition = current["values"].get("domain")
        if condition is not None:
            named = isinstance(condition, dict)
            yield owner, condition["text"] if named else condition
        for lines in (current.get("lines") or {}).values():
            waiting += lines
