"""What a client can give for a field of a record of ours at all: what no person means
is refused in words before anything is reckoned with it (K7)."""

import math
import re
from datetime import date
from itertools import chain

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.models import BaseModel

from ...tools.arguments import limit

# nothing that a factory counts or pays is more
MOST_NUMBER = 1e12
MOST_WHOLE = 2**31 - 1
# a hundred years, by what the name of a field says: days that are added to a date
# must lead to one
SPANS = dict(
    zip(
        "day days length weeks months years hours minutes".split(),
        (36_500, 36_500, 36_500, 5_200, 1_200, 100, 876_000, 52_560_000),
        strict=True,
    )
)
FIRST_YEAR, LAST_YEAR = 1900, 2300
NUMBERS = {"float", "monetary", "integer"}
TEXTS = {"char", "text", "html"}
LONG_TEXT = 1_000
# read by nobody who names them: the program's own
PEOPLE = "res.users"
OF_THE_PROGRAM = ("ir.", "res.groups", "report.")


def check_given(records, vals_list):
    """Check what a client gives for fields of records of ours.

    :raise UserError: everything that cannot be meant, at once
    :raise AccessError: it names records that the caller may not read, or a company in
        which he does not work
    """
    if records.env.su:
        return
    check_values(records, vals_list, records._fields.keys())
    _check_named(records, vals_list)


def check_values(records, vals_list, names):
    """Check what a client gives for the fields ``names`` of any record.

    :raise UserError: everything that cannot be meant, at once
    """
    problems = dict.fromkeys(
        problem
        for vals in vals_list
        for name in vals
        if name in names
        and (problem := _find_problem(records, records._fields[name], vals[name]))
    )
    if problems:
        raise UserError("\n".join(problems))


def find_given(records, number):
    """Return the record of the model of ``records`` whose number a client gives.

    :raise UserError: there is none
    """
    found = records.browse(number or []).exists()
    if not found:
        raise UserError(
            records.env._("What is asked for is not there any more, or never was.")
        )
    return found


def _find_problem(records, field, value):
    """Return in words why ``value`` cannot be given for ``field``, or ``None``."""
    reason = None
    if field.type in NUMBERS:
        reason = _find_number_problem(records.env, field, value)
    elif field.type in {"date", "datetime"}:
        reason = _find_day_problem(records.env, value)
    elif field.type in TEXTS:
        reason = _find_text_problem(records.env, field, value)
    elif field.type in {"many2one", "many2many"} and not all(
        map(_is_id, _read_ids(field, value))
    ):
        reason = records.env._("it names no record")
    if reason is None:
        return None
    return records.env._(
        "“%(field)s”: %(reason)s.",
        field=field._description_string(records.env),
        reason=reason,
    )


def _find_number_problem(env, field, value):
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = float(value or 0)
        except ValueError:
            return env._("it is no number")
    if not isinstance(value, int | float) or not math.isfinite(value):
        return env._("it is no number")
    if field.name == "year" and not FIRST_YEAR <= value <= LAST_YEAR:
        return _spell_years(env, value)
    most = _find_most(field)
    if abs(value) > most:
        return env._("more than %s cannot be meant", f"{most:,.0f}")
    return None


def _find_most(field):
    """Return the largest number that can be meant by ``field``."""
    words = re.split(r"[_\d]+", field.name)
    spans = [SPANS[word] for word in words if word in SPANS]
    if spans and field.type != "monetary":
        return min(spans)
    return MOST_WHOLE if field.type == "integer" else MOST_NUMBER


def _find_day_problem(env, value):
    if not value:
        return None
    try:
        day = fields.Date.to_date(value)
    except (TypeError, ValueError, AttributeError):
        return env._("it is no day")
    if not isinstance(day, date) or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return _spell_years(env, value)
    return None


def _spell_years(env, value):
    return env._(
        "%(day)s lies not between the years %(first)s and %(last)s",
        day=value,
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )


def _find_text_problem(env, field, value):
    if not isinstance(value, str):
        return None
    try:
        value.encode()
    except UnicodeEncodeError:
        return env._("it holds characters that cannot be kept")
    if "\0" in value:
        return env._("it holds characters that cannot be kept")
    # how much is allowed is looked up for what is long
    if field.type == "html" or len(value) <= LONG_TEXT:
        return None
    if len(value) > limit(env, "text_max_characters"):
        return env._("it is too long: attach a document instead")
    return None


def _is_id(value):
    if not value or isinstance(value, BaseModel):
        return True
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and 0 < value <= MOST_WHOLE
    )


def _check_named(records, vals_list):
    """Check that the caller may read what he names: nobody hangs a record of his on
    what he does not see, or hands it over to a company in which he does not work."""
    for name in {*chain.from_iterable(vals_list)} & records._fields.keys():
        field = records._fields[name]
        if field.type not in {"many2one", "many2many"}:
            continue
        if field.comodel_name.startswith(OF_THE_PROGRAM):
            continue
        # a question is its owner's, and its act asks for what it is about
        if records._transient and field.comodel_name != "res.company":
            continue
        found = {
            number
            for vals in vals_list
            if name in vals
            for number in filter(None, _read_ids(field, vals[name]))
        }
        if found:
            named = records.env[field.comodel_name].browse(sorted(found))
            named.with_context(active_test=False).check_access("read")


def _read_ids(field, value, sets=True):
    """Yield the ids of the records that ``value`` links.

    :param sets: also those among which some may be linked already
    """
    if isinstance(value, BaseModel):
        yield from value.ids
    elif field.type == "many2one":
        if value:
            yield value
    elif field.type == "many2many" and isinstance(value, list | tuple):
        for command in value:
            if isinstance(command, int) and not isinstance(command, bool):
                yield command
            elif isinstance(command, list | tuple) and command:
                if command[0] == 4:  # Command.LINK
                    yield command[1]
                elif command[0] == 6 and sets:  # Command.SET
                    yield from command[2]


def check_colleagues(records, vals_list):
    """Check that whoever a client has named in ``vals_list`` is a colleague, and works
    in the company of these records: nobody else could do what he is named for. Who is
    named there already and has left stays, until somebody else is named.

    :raise UserError: who is not, all of them at once
    """
    if records.env.su or records._transient:
        return
    found = {
        number
        for vals in vals_list
        for name, value in vals.items()
        if name in records._fields and records._fields[name].comodel_name == PEOPLE
        for number in _read_ids(records._fields[name], value, sets=False)
    }
    # who works where is no secret
    people = records.env[PEOPLE].sudo().browse(sorted(found))
    companies = people.company_id.browse()
    if people and "company_id" in records._fields:
        companies = records.sudo().company_id  # as above
    problems = [
        records.env._("%s is no colleague who could do this.", user.name)
        for user in people
        if user.share or not user.active
    ] + [
        records.env._(
            "%(person)s does not work in %(company)s.",
            person=user.name,
            company=company.name,
        )
        for user in people
        for company in companies - user.company_ids
    ]
    if problems:
        raise UserError("\n".join(problems))


def check_compared(env, field, value):
    """Check that a condition compares a number with numbers.

    :param value: what stands behind the operator
    :raise ValidationError: naming the field and what it is compared with
    """
    if field.type not in NUMBERS:
        return
    values = value if isinstance(value, list | tuple | set | frozenset) else [value]
    if wrong := [one for one in values if not isinstance(one, int | float | None)]:
        raise ValidationError(
            env._(
                "“%(field)s” is a number: it cannot be compared with %(value)s.",
                field=field._description_string(env),
                value=repr(wrong[0])[:100],
            )
        )
