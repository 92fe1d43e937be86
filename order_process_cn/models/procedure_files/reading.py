"""Reads a file that somebody else wrote: nothing in it is believed (PRC-4)."""

import json
import math

from odoo.exceptions import UserError

from .conditions import find_fault
from .contents import (
    FIELDS,
    KINDS,
    MOST_BYTES,
    MOST_LINES,
    MOST_RECORDS,
    MOST_TEXT,
    SCHEMA,
    STAGES,
    VERSION,
)
from .export import iter_conditions
from .spelling import get_name_fields

HEADER = {"schema", "version", "procedure", "records"}
# by what a record beside a condition is named
REFERENCE = {"xml", "name", "code", "complete_name", "full_name", "login"}
# no language of Odoo has a longer code
MOST_CODE = 16
MOST_INTEGER = 2**31 - 1
MOST_FLOAT = 1e12
# so many problems say enough
MOST_PROBLEMS = 50


def read_file(env, data):
    """Return the content of a file whose every value is of the kind the table says.

    :param bytes data: whatever somebody uploaded
    :raise UserError: everything that is wrong with it, at once
    """
    content = _parse(env, data)
    problems = _check_header(env, content)
    if not problems:
        for number, entry in enumerate(content["records"], 1):
            reader = _Reader(env, env._("Record %s", number), problems)
            reader.check_entry(entry)
            if len(problems) >= MOST_PROBLEMS:
                break
    if not problems:
        for entry in content["records"]:
            for owner, text in iter_conditions(entry):
                if reason := find_fault(env, owner, text):
                    problems.append(f"{spell_entry(env, entry)}: {reason}")
    if problems:
        raise UserError("\n".join(problems[:MOST_PROBLEMS]))
    return content


def _parse(env, data):
    if len(data) > MOST_BYTES:
        raise UserError(
            env._("The file is larger than %s bytes: no procedure is.", MOST_BYTES)
        )
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_read_pairs,
            parse_constant=_refuse,
        )
    except (ValueError, RecursionError) as error:
        raise UserError(
            env._(
                "This is no file of a procedure (%s). Export one from the card of a "
                "procedure, and choose that file.",
                str(error)[:200],
            )
        ) from error


def _read_pairs(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the same name twice")
    return found


def _refuse(name):
    raise ValueError(name)


def _check_header(env, content):
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        return [env._("This is no file of a procedure: “schema” is not “%s”.", SCHEMA)]
    if content.get("version") != VERSION:
        return [
            env._(
                "The file is of version %(found)s, this program reads %(known)s: "
                "export it from the same version.",
                found=str(content.get("version"))[:20],
                known=VERSION,
            )
        ]
    if unknown := content.keys() - HEADER:
        return [env._("Unknown: %s", ", ".join(sorted(unknown))[:200])]
    records = content.get("records")
    if not _is_text(content.get("procedure")) or not isinstance(records, list):
        return [env._("The file names no procedure or has no records.")]
    if len(records) > MOST_RECORDS:
        return [env._("The file has more than %s records.", MOST_RECORDS)]
    return []


def spell_entry(env, entry):
    """Return how a record of a file is called for whoever reads the screen."""
    model = env[entry["kind"]]
    names = entry["values"].get("name") or {}
    name = names.get(env.lang) or names.get("en_US") or next(iter(names.values()), "")
    if code := entry["values"].get("code"):
        name = f"{code} {name}"
    label = env["ir.model"].sudo()._get(model._name).name  # no secret
    return f"{label} “{name}”"


class _Reader:
    """Checks one record of a file and notes what is wrong."""

    def __init__(self, env, where, problems):
        self.env, self.where, self.problems = env, where, problems

    def _note(self, text):
        self.problems.append(f"{self.where}: {text}")

    def check_entry(self, entry):
        kind = isinstance(entry, dict) and entry.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            self._note(
                self.env._("“%s” cannot be part of a procedure.", str(kind)[:100])
            )
            return
        model = self.env[kind]
        known = {"kind", "xml", "values", "lines"}
        if "company_id" in model._fields:
            known.add("company")
            if entry.get("company") not in ("one", "every"):
                self._note(self.env._("“company” is “one” or “every”."))
        self._check_values(model, KINDS[kind], entry, known)

    def _check_values(self, model, kind, entry, known):
        if not self._check_names(entry, known):
            return
        values, lines = entry.get("values"), entry.get("lines", {})
        if not isinstance(entry.get("xml", ""), str):
            self._note(self.env._("“xml” is a name."))
        if not isinstance(values, dict) or not isinstance(lines, dict):
            self._note(self.env._("it has no values."))
            return
        wanted = {name for name in kind.fields if name in model._fields}
        self._check_names(values, wanted)
        self._check_names(lines, kind.lines.keys())
        if missing := {*wanted} - values.keys():
            self._note(self.env._("missing: %s", ", ".join(sorted(missing))))
        for name in sorted(wanted & values.keys()):
            if not self._is_of(model._fields[name], values[name]):
                self._note(
                    self.env._(
                        "%(value)s is no value for “%(field)s”.",
                        value=repr(values[name])[:100],
                        field=name,
                    )
                )
        for name in kind.lines.keys() & lines.keys():
            self._check_lines(model._fields[name], kind.lines[name], lines[name])

    def _check_lines(self, field, kind, lines):
        if not isinstance(lines, list) or len(lines) > MOST_LINES:
            self._note(self.env._("“%s” is a list.", field.name))
            return
        for line in lines:
            self._check_values(
                self.env[field.comodel_name], kind, line, {"xml", "values", "lines"}
            )

    def _check_names(self, found, known):
        if not isinstance(found, dict):
            self._note(self.env._("it has no values."))
            return False
        if unknown := found.keys() - known:
            names = ", ".join(sorted(map(str, unknown)))[:200]
            self._note(self.env._("unknown: %s", names))
            return False
        return True

    def _is_of(self, field, value):
        """Whether ``value`` is what a file may say of ``field``."""
        if field.type == "boolean":
            return isinstance(value, bool)
        if field.name == "domain" and isinstance(value, dict):
            return _is_condition(value)
        if field.translate:
            return bool(
                isinstance(value, dict)
                and value
                and all(map(_is_text, value.values()))
                and all(len(code) <= MOST_CODE for code in value)
                and not (field.required and not any(map(str.strip, value.values())))
            )
        if value is None:
            return not field.required
        if field.type == "many2one":
            return self._is_reference(field.comodel_name, value)
        if field.relational:
            return (
                isinstance(value, list)
                and len(value) <= MOST_LINES
                and all(self._is_reference(field.comodel_name, one) for one in value)
            )
        if field.type == "selection":
            return isinstance(value, str) and value in field.get_values(self.env)
        return _is_plain(field.type, value)

    def _is_reference(self, model, value):
        if not isinstance(value, dict):
            return False
        if model == FIELDS:
            return value.keys() == {"field"} and _is_text(value["field"])
        names = {*get_name_fields(model)}
        value = dict(value)
        if not _is_text(value.pop("xml", "")):
            return False
        if model == STAGES and not self._is_reference(
            "order.review.route", value.pop("route", None)
        ):
            return False
        return value.keys() == names and all(
            _is_text(text)
            or (isinstance(text, dict) and all(map(_is_text, text.values())))
            for text in value.values()
        )


def _is_condition(value):
    """Whether ``value`` is a condition with records beside it."""
    records = value.get("records")
    return bool(
        value.keys() == {"text", "records"}
        and _is_text(value["text"])
        and isinstance(records, list)
        and len(records) <= MOST_LINES
        and all(
            isinstance(one, dict)
            and one.keys() <= REFERENCE
            and _is_text(one.get("xml", ""))
            and all(
                _is_text(text)
                or (isinstance(text, dict) and all(map(_is_text, text.values())))
                for text in one.values()
            )
            for one in records
        )
    )


def _is_text(value):
    """Whether ``value`` is a text that can be kept."""
    if not isinstance(value, str) or len(value) > MOST_TEXT or "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_plain(kind, value):
    if kind in {"char", "text"}:
        return _is_text(value)
    if isinstance(value, bool):
        return False
    if kind == "integer":
        return isinstance(value, int) and abs(value) <= MOST_INTEGER
    if kind == "float":
        return (
            isinstance(value, int | float)
            and abs(value) <= MOST_FLOAT
            and math.isfinite(value)
        )
    return False
