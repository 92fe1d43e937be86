"""Reads what a client sends to a public method, before anything is done with it.

A client can send anything: a list for a text, a text for a number. Without this the
method fails somewhere in the middle, with an error that nobody understands. ::

    @arguments.checked(reason=arguments.text, user_id=arguments.record_id)
    def action_transfer(self, user_id, reason=""):
"""

import base64
import binascii
import functools
import inspect

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

# system parameter -> what holds where it was removed
LIMITS = {
    "text_max_characters": 20000,
    "drawing_max_kb": 1024,
    "evidence_max_mb": 10,
    "evidence_max_files": 20,
    # how long a reason that was given waits for the change
    "edit_reason_minutes": 30,
}
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
# of a column that holds ids, or whole numbers
LARGEST_ID = 2**31 - 1
# a quantity or amount beyond this, or a day outside of these years, is a slip
LARGEST_NUMBER = 10**12
YEARS = range(1900, 3000)


def limit(env, name):
    """Return a limit of size from the system parameters."""
    # a limit is no secret
    value = env["ir.config_parameter"].sudo().get_param(f"order_process_cn.{name}")
    try:
        return int(value or "")  # core says False where there is none
    except (TypeError, ValueError):
        return LIMITS[name]


def checked(**readers):
    """Decorate a public method: each named argument is read by its function.

    :param readers: ``{argument: function(env, name, value) → value}``; raises UserError
    """

    def decorate(method):
        signature = inspect.signature(method)

        @functools.wraps(method)
        def wrapper(self, *args, **kwargs):
            bound = signature.bind(self, *args, **kwargs)
            for name, value in bound.arguments.items():
                if name in readers:
                    bound.arguments[name] = readers[name](self.env, name, value)
            return method(*bound.args, **bound.kwargs)

        return wrapper

    return decorate


def _refuse(env, name):
    raise UserError(env._("“%s” cannot be understood.", name))


def text(env, name, value):
    """A text, "" for none; not longer than a record can sensibly keep."""
    if value is None or value is False:
        return ""
    if not isinstance(value, str) or "\0" in value:
        _refuse(env, name)
    try:
        value.encode()
    except UnicodeEncodeError:
        _refuse(env, name)
    most = limit(env, "text_max_characters")
    if len(value) > most:
        raise UserError(
            env._(
                "A text of %(length)s characters is too long, %(most)s are allowed: "
                "attach a document to the order instead.",
                length=len(value),
                most=most,
            )
        )
    return value


def number(env, name, value):
    """A whole number, ``False`` for none."""
    if value is None or value is False:
        return False
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse(env, name)
    return value


def flag(_env, _name, value):
    """Yes or no: whatever a client sends means one of them."""
    return bool(value)


def record_id(env, name, value):
    """The id of a record, ``False`` for none."""
    value = number(env, name, value)
    if value is not False and not 0 < value <= LARGEST_ID:
        _refuse(env, name)
    return value


def record_ids(env, name, value):
    """A list of ids."""
    if value is None or value is False:
        return []
    if not isinstance(value, list | tuple):
        _refuse(env, name)
    return [record_id(env, name, item) or _refuse(env, name) for item in value]


def day(env, name, value):
    """A date, ``False`` for none."""
    try:
        return fields.Date.to_date(value or False) or False
    except (TypeError, ValueError, AttributeError):
        return _refuse(env, name)


def entered(records, vals_list):
    """Read what a client enters in fields of documents: numbers that can be reckoned
    with, days that can be counted from, texts that a record can sensibly keep.

    :raise UserError: the field, in words
    """
    env = records.env
    if env.su:
        return
    for vals in vals_list:
        for name, value in vals.items():
            field = records._fields.get(name)
            if not (field and value):
                continue
            if field.type in {"char", "text"}:
                # how much is allowed is looked up for what is long
                if isinstance(value, str) and (len(value) > 1000 or "\0" in value):
                    text(env, name, value)
            elif not ENTERED.get(field.type, bool)(value):
                raise UserError(
                    env._(
                        "%(value)s cannot be meant: correct “%(field)s”.",
                        value=str(value)[:50],
                        field=field._description_string(env),
                    )
                )


def _is_number(value):
    if not isinstance(value, int | float):
        return True  # core reads it, or refuses
    return -LARGEST_NUMBER <= value <= LARGEST_NUMBER  # false for what is no number


def _is_whole_number(value):
    return not isinstance(value, int) or -LARGEST_ID <= value <= LARGEST_ID


def _is_day(value):
    try:
        return fields.Date.to_date(value).year in YEARS
    except (TypeError, ValueError, AttributeError):
        return False


def _is_key(value):
    return not isinstance(value, str | float)  # core takes numbers and records


# type of a field -> whether a value can be meant
ENTERED = {
    "many2one": _is_key,
    "float": _is_number,
    "monetary": _is_number,
    "integer": _is_whole_number,
    "date": _is_day,
    "datetime": _is_day,
}


def by_id(reader):
    """Return a reader of ``{id: value}``; a client sends the ids as texts."""

    def read(env, name, value):
        if value is None:
            return None
        if not value:
            return {}
        if not isinstance(value, dict):
            _refuse(env, name)
        found = {}
        for key, item in value.items():
            if isinstance(key, str) and key.isascii() and key.isdigit():
                key = int(key)
            found[record_id(env, name, key) or _refuse(env, name)] = reader(
                env, name, item
            )
        return found

    return read


def fields_of(**readers):
    """Return a reader of ``{name: value}`` with no other names than these."""

    def read(env, name, value):
        if not isinstance(value, dict) or value.keys() - readers.keys():
            _refuse(env, name)
        return {key: readers[key](env, key, item) for key, item in value.items()}

    return read


def shown(env, name, value):
    """The fingerprint of what was shown, or ``{review id: fingerprint}``."""
    if not isinstance(value, dict):
        return text(env, name, value)
    found = by_id(text)(env, name, value)
    return {str(key): item for key, item in found.items()}


def picture(env, name, value):
    """A drawn signature, base64; ``False`` for none. Returned in one spelling."""
    if not value:
        return False
    if not isinstance(value, str | bytes):
        _refuse(env, name)
    try:
        raw = base64.b64decode(value)
    except (ValueError, binascii.Error):
        _refuse(env, name)
    most = limit(env, "drawing_max_kb")
    if len(raw) > most * 1024:
        raise UserError(
            env._("The drawn signature is larger than %s KB: draw it again.", most)
        )
    if guess_mimetype(raw) not in PICTURES:
        raise UserError(env._("The drawn signature is not a picture."))
    return base64.b64encode(raw).decode()
