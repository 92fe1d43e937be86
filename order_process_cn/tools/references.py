"""The number of a customer's order, however it is written."""

import re
import unicodedata

_LEADING_ZEROS = re.compile(r"^(\D*)0+(?=\d)")


def reference_key(text):
    """Return what two ways of writing one number have in common, "" for none.

    Width, case, spaces, hyphens and other marks do not count, nor do zeros in front of
    the number: "PO-00123", "po 123" and "ＰＯ１２３" are one. Zeros inside it do
    ("2026-001" is not "2026-01"): they are digits of it.
    """
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    kept = "".join(char for char in folded if char.isalnum())
    return _LEADING_ZEROS.sub(r"\1", kept)
