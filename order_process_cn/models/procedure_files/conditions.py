"""Conditions that are to hold elsewhere too (PRC-4)."""

from ast import literal_eval

from odoo.exceptions import AccessError
from odoo.fields import Domain

from .contents import KINDS, NAMES


def find_fault(env, model, text):
    """Return in words why a condition on ``model`` cannot be carried elsewhere, or
    ``None``."""
    try:
        condition = Domain(literal_eval(text or "[]"))
        condition.validate(env[model])
        env["order.config.mixin"]._check_condition(condition, model)
        by_number = _names_by_number(env[model], condition)
    except AccessError as error:
        return str(error)
    # whatever a stranger writes: a condition that cannot be read is refused
    except (ValueError, TypeError, SyntaxError, KeyError, RecursionError, MemoryError):
        return env._("the condition %s cannot be read.", repr(text)[:200])
    if by_number:
        return env._(
            "the condition %s names records by their number, which is another one "
            "elsewhere: name them by a field, as in [('partner_id.name', '=', …)].",
            repr(text)[:200],
        )
    return None


def carry_out(spelling, model, text):
    """Return a condition for the file: records that it compares a relation with are
    named beside it, as ``{"text": …, "records": […]}``; others stay text."""
    try:
        parts = literal_eval(text or "[]")
    except (ValueError, SyntaxError):
        return text  # refused in words by find_fault
    named = []
    records = spelling.env[model]
    for number, part in enumerate(parts if isinstance(parts, list) else ()):
        comodel = _find_comodel(records, part)
        if not comodel:
            continue
        values = part[2] if isinstance(part[2], list | tuple) else [part[2]]
        if not all(_is_number(value) for value in values):
            continue
        found = spelling.env[comodel].browse(values).exists()
        if len(found) != len(values):
            continue
        marks = [f"@{len(named) + place}" for place in range(len(values))]
        named += [spelling.spell_reference(record) for record in found]
        single = not isinstance(part[2], list | tuple)
        parts[number] = (part[0], part[1], marks[0] if single else marks)
    return {"text": repr(parts), "records": named} if named else text


def find_marks(env, model, value):
    """Yield ``(number of the record, its model)`` for each record beside a condition
    that was read from a file."""
    for part in literal_eval(value["text"]):
        comodel = _find_comodel(env[model], part)
        if not comodel:
            continue
        marks = part[2] if isinstance(part[2], list | tuple) else [part[2]]
        for mark in marks:
            number = str(mark)[1:]
            if str(mark).startswith("@") and number.isdecimal():
                if int(number) < len(value["records"]):
                    yield int(number), comodel


def bring_in(env, model, value, ids):
    """Return the text of a condition with the numbers that its records have here.

    :param list ids: in the order of the records beside the condition
    """
    parts = literal_eval(value["text"])
    for number, part in enumerate(parts):
        if not _find_comodel(env[model], part):
            continue
        values = part[2]
        if isinstance(values, list | tuple):
            values = [_replace(mark, ids) for mark in values]
        else:
            values = _replace(values, ids)
        parts[number] = (part[0], part[1], values)
    return repr(parts)


def _replace(mark, ids):
    number = str(mark)[1:]
    if str(mark).startswith("@") and number.isdecimal() and int(number) < len(ids):
        return ids[int(number)]
    return mark


def _find_comodel(records, part):
    """Return of which model of the table a part of a condition names records."""
    if not isinstance(part, list | tuple) or len(part) != 3:
        return None
    field = None
    for name in str(part[0]).split("."):
        field = records._fields.get(name)
        if field is None or not field.relational:
            return None
        records = records.env[field.comodel_name]
    known = records._name in KINDS or records._name in NAMES
    return records._name if known else None


def _is_number(value):
    return isinstance(value, int) and not isinstance(value, bool)


def _names_by_number(records, condition):
    """Whether any condition compares a relation with numbers."""
    for part in condition.iter_conditions():
        owner, field = records, None
        for name in part.field_expr.split("."):
            field = owner._fields.get(name)
            if field is None:
                break
            owner = owner.env[field.comodel_name] if field.relational else owner
        if field is None:
            continue
        if isinstance(part.value, Domain) or part.operator in {"any", "not any"}:
            if _names_by_number(owner, Domain(part.value)):
                return True
            continue
        if not field.relational and field.name != "id":
            continue
        values = part.value
        values = values if isinstance(values, list | tuple | set) else [values]
        if any(_is_number(value) for value in values):
            return True
    return False
