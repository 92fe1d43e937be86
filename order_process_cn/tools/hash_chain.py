"""An append-only chain: each record carries the hash of the one before it."""

import hashlib
import hmac

from .canonical import Fixed, canonical, digest

GENESIS = "0" * 64


def link(previous, content, key=None):
    """Return the hash of ``content`` standing after the record hashed ``previous``.

    :param str previous: hash of the record before, :data:`GENESIS` for the first
    :param dict content: what the record says, see :func:`canonical`
    :param key: the :class:`~.chain_key.ChainKey` it is made with; without one anybody
        who can write the table can compute the hash anew
    """
    text = f"{previous}\n{canonical(content)}"
    if key is None:
        return hashlib.sha256(text.encode()).hexdigest()
    keyed = f"{key.name}\n{text}".encode()
    return hmac.new(key.secret.encode(), keyed, hashlib.sha256).hexdigest()


def first_broken(records):
    """Return the index of the first record that does not fit, or ``None``.

    :param records: iterable of ``(previous, hash, content, key)`` in order
    """
    expected = None
    for index, (previous, own, content, key) in enumerate(records):
        if expected is not None and previous != expected:
            return index
        if not hmac.compare_digest(link(previous, content, key), own):
            return index
        expected = own
    return None


def short_code(head):
    """Return the code printed on paper: enough digits to compare by eye."""
    digits = (head or "")[:16].upper()
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def fingerprint(data):
    """Return the hash of a picture or file given as base64 text or bytes."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def plan_digest(plan):
    """Return the hash of a copy of a route, the same before it is stored and after.

    The database hands a number back as it likes to write it, 50000 or 50000.0.
    """
    return plan.digest if isinstance(plan, Fixed) else digest(_without_floats(plan))


def _without_floats(value):
    if isinstance(value, dict):
        return {str(key): _without_floats(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_floats(item) for item in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else f"{value:.6f}"
    return value
