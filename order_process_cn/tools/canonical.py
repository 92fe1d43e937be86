"""One spelling for one set of values, so that a digest means something."""

import hashlib
import json
from copy import deepcopy
from functools import cached_property


def canonical(value):
    """Return the only JSON text that stands for ``value``.

    Independent of the order of keys, of language and of time zone. Takes
    strings, integers, booleans, ``None``, lists and dictionaries of these.
    Floats are refused: their text depends on how they were computed; callers
    round them to the digits of their field and pass text.

    :raise TypeError: for any other type
    """
    text = _WRITER.encode(value)
    if not _is_plain(value):
        _READER.decode(text)  # finds a float at any depth
    return text


def _is_plain(value):
    """Whether a value is made of nothing but what cannot be a float."""
    if type(value) in _PLAIN:
        return True
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return False
    return all(_is_plain(one) for one in value if type(one) not in _PLAIN)


class Fixed(dict):
    """A dictionary that nobody changes any more once it is made: an act asks for the
    text and the fingerprint of the same facts several times, and for those of their
    groups. A copy of it is any dictionary, for it may be changed."""

    def __deepcopy__(self, memo):
        return deepcopy(dict(self), memo)

    @cached_property
    def texts(self):
        """``{key: canonical text of its value}``."""
        return {key: canonical(value) for key, value in self.items()}

    @cached_property
    def text(self):
        own = self.texts
        parts = (f"{canonical(key)}:{own[key]}" for key in sorted(own))
        return f"{{{','.join(parts)}}}"

    @cached_property
    def digest(self):
        return _fingerprint(self.text)

    @cached_property
    def digests(self):
        return {key: _fingerprint(text) for key, text in self.texts.items()}


def digest(value):
    """Return the SHA-256 of the canonical text, 64 hexadecimal digits."""
    return value.digest if isinstance(value, Fixed) else _fingerprint(canonical(value))


def digests(values):
    """Return ``{key: digest of its value}`` of a dictionary."""
    if isinstance(values, Fixed):
        return values.digests
    return {key: digest(value) for key, value in values.items()}


def _fingerprint(text):
    return hashlib.sha256(text.encode()).hexdigest()


def changed_keys(old, new):
    """Return the sorted keys whose value differs between two flat dictionaries."""
    return sorted(
        key for key in old.keys() | new.keys() if old.get(key) != new.get(key)
    )


def _refuse_float(text):
    raise TypeError(f"round {text} and pass it as text")


_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_PLAIN = frozenset((str, int, bool, type(None)))
_READER = json.JSONDecoder(parse_float=_refuse_float, parse_constant=_refuse_float)


def spell_number(value, digits):
    """Return ``value`` with that many decimals; there is no negative zero."""
    text = f"{value:.{digits}f}"
    return text if text.strip("-0.") else text.lstrip("-")
