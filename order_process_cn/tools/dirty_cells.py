"""Cells of files that customers send: full-width digits, several kinds of dates, blanks
(INT-8). What may be read in two ways is refused, not guessed."""

import re
import unicodedata
from datetime import date, datetime, timedelta

GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
# money is written with its sign, which says nothing more here
MONEY = re.compile(r"^(¥|￥|CNY|RMB)|(元|CNY|RMB)$", re.IGNORECASE)
YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?([ T].*)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
# days as spreadsheets count them, between 2000 and 2100
SERIAL_ZERO = date(1899, 12, 30)
SERIALS = range(36526, 73051)
INVISIBLE = dict.fromkeys(map(ord, "\0\u200b\u200c\u200d\ufeff"))


def read_text(value):
    """Return a cell as text: full-width characters as plain ones, without blanks at
    either end and with single ones inside."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKC", str(value)).translate(INVISIBLE)
    return " ".join(text.split())


def read_key(value):
    """Return what two spellings of one name have in common."""
    return read_text(value).casefold()


def read_number(value):
    """Return a cell as a number, ``None`` if it is empty.

    :raise ValueError: it is no number, or its comma may mean two things
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    text = MONEY.sub("", read_text(value)).replace(" ", "")
    if not text:
        return None
    if GROUPED.fullmatch(text):
        return float(text.replace(",", ""))
    if PLAIN.fullmatch(text):
        return float(text)
    raise ValueError(text)


def read_date(value):
    """Return a cell as a day, ``None`` if it is empty.

    :raise ValueError: it is no day, or day and month cannot be told apart
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value == int(value) and int(value) in SERIALS:
            return SERIAL_ZERO + timedelta(days=int(value))
        value = read_text(value)
    text = read_text(value)
    if not text:
        return None
    # blanks around what stands between the figures
    text = re.sub(r"\s*([-/.年月])\s*", r"\1", text)
    found = YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text)
    if not found:
        raise ValueError(text)
    return date(*map(int, found.groups()[:3]))
