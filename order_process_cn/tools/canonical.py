"""One spelling for one set of values, so that a digest means something."""

import hashlib
import json


def canonical(value):
    """Return the only JSON text that stands for ``value``.

    Independent of the order of keys, of language and of time zone. Takes
    strings, integers, booleans, ``None``, lists and dictionaries of these.
    Floats are refused: their text depends on how they were computed; callers
    round them to the digits of their field and pass text.

    :raise TypeError: for any other type
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    _READER.decode(text)
    return text


def digest(value):
    """Return the SHA-256 of the canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def changed_keys(old, new):
    """Return the sorted keys whose value differs between two flat dictionaries."""
    return sorted(
        key for key in old.keys() | new.keys() if old.get(key) != new.get(key)
    )


def _refuse_float(text):
    raise TypeError(f"round {text} and pass it as text")


# reading the text back finds a float at any depth, without walking through it here
_READER = json.JSONDecoder(parse_float=_refuse_float, parse_constant=_refuse_float)


def spell_number(value, digits):
    """Return ``value`` with that many decimals; there is no negative zero."""
    text = f"{value:.{digits}f}"
    return text if text.strip("-0.") else text.lstrip("-")
