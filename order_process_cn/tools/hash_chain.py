"""An append-only chain: each record carries the hash of the one before it."""

import hashlib

from .canonical import canonical

GENESIS = "0" * 64


def link(previous, content):
    """Return the hash of ``content`` standing after the record hashed ``previous``.

    :param str previous: hash of the record before, :data:`GENESIS` for the first
    :param dict content: what the record says, see :func:`canonical`
    """
    return hashlib.sha256(f"{previous}\n{canonical(content)}".encode()).hexdigest()


def first_broken(records):
    """Return the index of the first record that does not fit, or ``None``.

    :param records: iterable of ``(previous, hash, content)`` in order
    """
    expected = None
    for index, (previous, own, content) in enumerate(records):
        if expected is not None and previous != expected:
            return index
        if link(previous, content) != own:
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
