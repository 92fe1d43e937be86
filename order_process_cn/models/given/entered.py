"""What a client may write of a row of which the engine keeps the rest."""

from odoo.exceptions import AccessError


def check_entered(rows, vals_list, entered, spell):
    """Check that a client writes nothing of these rows but what people enter.

    :param entered: names of fields
    :param spell: a function that returns the words of a refusal
    :raise AccessError: something else is among the values
    """
    if rows.env.su:
        return
    kept = rows._fields.keys() - entered
    if any(vals.keys() & kept for vals in vals_list):
        raise AccessError(spell())
