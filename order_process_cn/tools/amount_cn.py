"""Amounts in Chinese capitals, as cheques and vouchers write them."""

from decimal import ROUND_HALF_UP, Decimal

import cn2an

LIMIT = Decimal("9999999999999.99")


def amount_in_capitals(amount, currency_name="人民币"):
    """Return ``amount`` in Chinese capitals with the currency in front.

    Rounded half up to the cent first: the library underneath truncates.

    :param amount: number or text, in currency units
    :raise ValueError: beyond the digits that the rules name
    """
    value = Decimal(str(amount)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if abs(value) > LIMIT:
        raise ValueError(f"{value} has too many digits to be written in capitals")
    sign = "负" if value < 0 else ""
    return f"{currency_name}{sign}{cn2an.an2cn(str(abs(value)), 'rmb')}"
