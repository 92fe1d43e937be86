"""What a client may write of rows and records of which the engine keeps the rest."""

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


def check_kept(records, vals_list, kept):
    """Check that a client writes nothing that the engine keeps on these records.

    :param kept: names of fields
    :raise AccessError: one of them is among the values
    """
    if records.env.su:
        return
    if named := {name for vals in vals_list for name in kept & vals.keys()}:
        labels = [records._fields[n]._description_string(records.env) for n in named]
        raise AccessError(
            records.env._(
                "Nobody enters %s: it follows from what was done.",
                ", ".join(f"“{label}”" for label in sorted(labels)),
            )
        )
