"""What a file would change here, and the change itself (PRC-4)."""

import json
from copy import deepcopy
from typing import NamedTuple

from odoo.tools import float_round

from .conditions import find_marks
from .contents import FIELDS, KINDS, NEVER_NEW, STAGES
from .finding import Finder
from .reading import spell_entry
from .spelling import Spelling, get_name_fields

NEW, CHANGED, SAME, GONE = "new", "changed", "same", "gone"


class Row(NamedTuple):
    """One difference as it is shown."""

    state: str
    record: str
    field: str = ""
    old: str = ""
    new: str = ""


class Comparison:
    """The content of a file, compared with what is configured in one company.

    Reads with the rights of whoever imports. What is written: ``importing.py``.
    """

    def __init__(self, env, company, content):
        self.user_env = env(context=dict(env.context, active_test=False))
        self.company = company
        self.content = content = deepcopy(content)
        self.rows, self.problems, self.defaults = [], [], {}
        self.spelling = Spelling(env)
        self.env = self.spelling.env
        self.finder = Finder(self.spelling, company)
        # what the file brings along may be named before it is there
        self.brought = {
            (entry["kind"], text)
            for entry in content["records"]
            for text in _own_names(entry)
        }
        for entry in content["records"]:
            owner = entry["values"].get("res_model") or "sale.order"
            where = spell_entry(self.user_env, entry)
            kind, model = KINDS[entry["kind"]], self.env[entry["kind"]]
            self._settle(where, kind, entry, model, owner)

    def _settle(self, where, kind, wanted, model, owner):
        """Say of every record that is named in the file how it is called here."""
        for name in kind.fields:
            if name in model._fields:
                wanted["values"][name] = self._settle_value(
                    where, model._fields[name], wanted["values"][name], owner
                )
        for name, lines in kind.lines.items():
            comodel = self.env[model._fields[name].comodel_name]
            for line in wanted.get("lines", {}).get(name, ()):
                path = f"{where} ▸ {self._name_line(comodel, lines, line)}"
                self._settle(path, lines, line, comodel, owner)

    # -- comparing ---------------------------------------------------------------------

    def compare(self):
        """Fill ``rows`` and ``problems``; nothing is written."""
        for entry in self.content["records"]:
            self.compare_entry(entry)
        return self

    def has_differences(self):
        """Whether anything of the file is not here already."""
        return any(row.state != SAME for row in self.rows)

    def spell_rows(self):
        """Return the text that says what is shown."""
        return json.dumps([*map(list, self.rows)], ensure_ascii=False)

    def compare_entry(self, entry):
        where = spell_entry(self.user_env, entry)
        record = self.finder.find_entry(entry)
        if len(record) > 1:
            self._refuse(where, self.user_env._("several here are called like that."))
            return
        if not record and entry["kind"] in NEVER_NEW:
            self._refuse(where, self.user_env._("this program has no such form."))
            return
        now = self.spelling.spell_record(record) if record else None
        before = len(self.rows)
        if record and now.get("company") != entry.get("company"):
            labels = {
                "one": self.user_env._("This company only"),
                "every": self.user_env._("Every company"),
            }
            self._add(
                CHANGED,
                where,
                self._label(record._fields["company_id"]),
                labels[now["company"]],
                labels[entry["company"]],
            )
        self._compare_values(where, KINDS[entry["kind"]], record, entry, now)
        if len(self.rows) == before:
            self._add(SAME if record else NEW, where)

    def _compare_values(self, where, kind, record, wanted, now):
        model = record.browse()
        values = wanted["values"]
        for name in kind.fields:
            if name not in model._fields:
                continue
            field, value = model._fields[name], values[name]
            if not now:
                shown = self._show(field, value)
                if shown and value != self._get_default(model, field):
                    self._add(NEW, where, self._label(field), "", shown)
                continue
            old = now["values"][name]
            if not self._is_same(field, old, value):
                self._add(
                    CHANGED,
                    where,
                    self._label(field),
                    self._show(field, old),
                    self._show(field, value),
                )
        for name, lines in kind.lines.items():
            self._compare_lines(where, record, name, lines, wanted)

    def _compare_lines(self, where, record, name, kind, wanted):
        comodel = self.env[record._fields[name].comodel_name]
        pairs, gone = self._pair(comodel, kind, record, name, wanted)
        for line, target in pairs:
            path = f"{where} ▸ {self._name_line(comodel, kind, line)}"
            before = len(self.rows)
            spelled = target and self.spelling._spell_values(target, kind)
            self._compare_values(path, kind, target, line, spelled)
            if not target and len(self.rows) == before:
                self._add(NEW, path)
        for target in gone:
            line = self.spelling._spell_values(target, kind)
            path = f"{where} ▸ {self._name_line(comodel, kind, line)}"
            self._add(GONE, path)
            self._check_gone(path, target)

    def _check_gone(self, where, target):
        """Refuse to take away a stage on which limits hang: they would go along."""
        if target._name != STAGES:
            return
        limits = self.env["order.time.limit"].search([("stage_id", "in", target.ids)])
        for limit in limits:
            self._refuse(
                where,
                self.user_env._(
                    "the file does not have this stage, but the limit “%s” counts for "
                    "it: give the limit another stage first.",
                    limit.with_env(self.user_env).name,
                ),
            )

    def _pair(self, comodel, kind, record, name, wanted):
        """Return ``[(line of the file, line here or empty)]`` and what is here only."""
        left = list(record[name])
        spelled = {line: self.spelling._spell_values(line, kind) for line in left}
        pairs = []
        for line in wanted.get("lines", {}).get(name, ()):
            found = next(
                (here for here in left if _is_alike(kind, line, spelled[here])),
                comodel.browse(),
            )
            if found:
                left.remove(found)
            pairs.append((line, found))
        return pairs, left

    # -- values ------------------------------------------------------------------------

    def _settle_value(self, where, field, value, owner):
        """Return a value of the file as it would be spelled here."""
        if field.type == "float" and value is not None:
            digits = field.get_digits(self.env)
            return float_round(value, precision_digits=digits[1]) if digits else value
        if field.name == "domain" and isinstance(value, dict):
            return self._settle_condition(where, field, value, owner)
        if field.translate or value is None or not field.relational:
            return value
        model = field.comodel_name
        if field.type == "many2one":
            return self._settle_one(where, field, model, value, owner)
        settled = [self._settle_one(where, field, model, v, owner) for v in value]
        return sorted(settled, key=repr)

    def _settle_condition(self, where, field, value, owner):
        """Return a condition with its records as they are called here."""
        named = [None] * len(value["records"])
        for number, model in find_marks(self.env, owner, value):
            reference = value["records"][number]
            if {*get_name_fields(model)} <= reference.keys():
                named[number] = self._settle_one(where, field, model, reference, owner)
        if None in named:
            self._refuse(where, self.user_env._("its condition cannot be read."))
            return "[]"
        return {**value, "records": named}

    def _settle_one(self, where, field, model, value, owner):
        record = self._find(model, value, owner)
        if len(record) == 1:
            if model == FIELDS and not self._suits(field, record):
                self._refuse_reference(where, field, value, several=False)
            return self.spelling.spell_reference(record)
        if record or not self._is_brought(model, value):
            self._refuse_reference(where, field, value, several=bool(record))
        return value

    def _suits(self, field, named):
        """Whether a field of a document is of the kind that ``field`` is about."""
        if field.name == "user_field_id":
            return (named.ttype, named.relation) == ("many2one", "res.users")
        return named.ttype in {"date", "datetime"} and named.store

    def _find(self, model, value, owner):
        return self.finder.find(model, value, owner)

    def _is_brought(self, model, value):
        if model == STAGES:
            return self._brings_stage(value)
        if model not in KINDS:
            return False
        texts = _texts(value[KINDS[model].key[0]])
        return any((model, text) in self.brought for text in texts)

    def _brings_stage(self, value):
        routes = _texts(value["route"]["name"])
        return any(
            entry["kind"] == "order.review.route"
            and _texts(entry["values"]["name"]) & routes
            and any(
                _texts(stage["values"]["name"]) & _texts(value["name"])
                for stage in entry.get("lines", {}).get("stage_ids", ())
            )
            for entry in self.content["records"]
        )

    def _is_same(self, field, old, new):
        if field.translate:
            # languages that are not in use here are left alone
            common = old.keys() & new.keys()
            return bool(common) and all(old[code] == new[code] for code in common)
        if field.type in {"char", "text"}:
            return (old or "") == (new or "")
        return old == new

    def _get_default(self, model, field):
        if model._name not in self.defaults:
            self.defaults[model._name] = model.default_get([*model._fields])
        value = self.defaults[model._name].get(field.name)
        return None if value is False and field.type != "boolean" else value

    # -- words -------------------------------------------------------------------------

    def _add(self, state, record, field="", old="", new=""):
        self.rows.append(Row(state, record, field, str(old), str(new)))

    def _refuse(self, where, reason):
        self.problems.append(f"{where}: {reason}")

    def _refuse_reference(self, where, field, value, several):
        names = {
            "field": self._label(field),
            "name": self._show_reference(value),
        }
        if several:
            text = self.user_env._(
                "%(field)s: several here are called “%(name)s”.", **names
            )
        else:
            text = self.user_env._(
                "%(field)s: there is no “%(name)s” here. Enter it first.", **names
            )
        self._refuse(where, text)

    def _label(self, field):
        return field._description_string(self.user_env)

    def _show(self, field, value):
        if value is None or value is False or value == []:
            return ""
        if value is True:
            return self.user_env._("ticked")
        if field.translate:
            return in_language(self.user_env, value)
        if field.name == "domain" and isinstance(value, dict):
            names = map(self._show_reference, value["records"])
            return f"{value['text']} ({', '.join(names)})"
        if field.type == "selection":
            labels = dict(field._description_selection(self.user_env))
            return str(labels.get(value, value))
        if field.type == "many2one":
            return self._show_reference(value)
        if field.relational:
            return ", ".join(map(self._show_reference, value))
        return str(value)

    def _show_reference(self, value):
        name = value.get("field") or value.get("code") or value.get("complete_name")
        name = name or value.get("full_name") or value.get("name") or ""
        if isinstance(name, dict):
            name = in_language(self.user_env, name)
        return name

    def _name_line(self, comodel, kind, line):
        shown = [
            self._show(comodel._fields[name], line["values"][name]) for name in kind.key
        ]
        return ", ".join(filter(None, shown))


def _is_alike(kind, line, here):
    """Whether a line of a file and one that is here are the same one."""
    if line.get("xml") and line["xml"] == here.get("xml"):
        return True
    if line.get("xml") and here.get("xml"):
        return False
    return all(
        _texts(line["values"][name]) & _texts(here["values"][name])
        if isinstance(line["values"][name], dict)
        and "field" not in line["values"][name]
        and isinstance(here["values"][name], dict)
        else line["values"][name] == here["values"][name]
        for name in kind.key
    )


def _own_names(entry):
    return _texts(entry["values"][KINDS[entry["kind"]].key[0]])


def _texts(value):
    """Return the texts by which something is called."""
    if not isinstance(value, dict):
        return {value}
    if "name" in value and isinstance(value["name"], str | dict):
        return _texts(value["name"])
    return {text for text in value.values() if isinstance(text, str)}


def in_language(env, texts):
    return texts.get(env.lang) or texts.get("en_US") or next(iter(texts.values()), "")
