"""Rows of the engine's own models, as part of a statement that does more than that.

An act writes to several tables. The ORM needs a statement for each of them, and for
each row the work of what anybody could have extended; records of the engine are made
by the engine alone, and nobody extends how.
"""

from psycopg2.extras import Json

from odoo.tools import SQL

from .canonical import Fixed


def spell_insert(model, vals_list):
    """Return the statement that adds rows to the table of ``model``.

    :param vals_list: values of stored columns as for ``create``, defaults among them
    """
    table = SQL.identifier(model._table)
    if not vals_list:
        return SQL("INSERT INTO %s (id) SELECT 0 WHERE FALSE", table)
    names = sorted({name for vals in vals_list for name in vals})
    columns = [model._fields[name] for name in names]
    rows = [
        tuple(
            _spell_value(field, vals.get(field.name), model, vals) for field in columns
        )
        for vals in vals_list
    ]
    return SQL(
        "INSERT INTO %s (%s) VALUES %s",
        table,
        _spell_columns(names),
        SQL(", ".join(["%s"] * len(rows)), *rows),
    )


def _spell_columns(names, spelled='"{name}"'):
    """Return ``spelled`` for each of these fields; one object, for there are many."""
    return SQL(", ".join(spelled.format(name=name) for name in names))


def _spell_value(field, value, model, vals=None):
    """Return the parameter for one column. What goes into a column of JSON is plain
    data of the engine: it need not be read back to be sure of that."""
    if isinstance(value, Fixed):
        return value.text
    if field.type == "json":
        return Json(value) if value else None
    return field.convert_to_column_insert(value, model, vals)


def spell_update(model, values, further=(), joined=None):
    """Return the statement that writes to rows of the table of ``model``.

    :param dict values: ``{id: {name: value of a stored column}}``, of the same columns
    :param further: what is written besides, ``SQL``; "given" is what is given
    :param SQL joined: what that is taken from
    """
    fields_ = [model._fields[name] for name in next(iter(values.values()))]
    types = "".join(f", %s::{field.column_type[1]}" for field in fields_)
    given = SQL(", ").join(
        SQL(
            f"(%s{types})",
            row_id,
            *(_spell_value(field, vals[field.name], model) for field in fields_),
        )
        for row_id, vals in values.items()
    )
    names = [field.name for field in fields_]
    written = _spell_columns(names, '"{name}" = given."{name}"')
    return SQL(
        "UPDATE %s SET %s FROM (VALUES %s) AS given (id, %s) %s WHERE %s = given.id",
        SQL.identifier(model._table),
        SQL(", ").join([written, *further]),
        given,
        _spell_columns(names),
        joined or SQL(),
        SQL.identifier(model._table, "id"),
    )


def remember_new(records, vals_list):
    """Put rows that were just added into the cache, as ``create`` does; return them."""
    given = {name for vals in vals_list for name in vals}
    nothing = [None] * len(records)
    for name, field in records._fields.items():
        if name in given:
            values = [
                _spell_cached(field, vals.get(name), record)
                for record, vals in zip(records, vals_list, strict=True)
            ]
            field._insert_cache(records, values)
        elif field.store and name != "id":
            field._insert_cache(
                records, nothing if field.column_type else [()] * len(records)
            )
    return note_new(records, vals_list)


def note_new(records, vals_list):
    """Say that rows were just added; return them. As :func:`remember_new`, for rows
    that are hardly ever read in the act that adds them."""
    given = {name for vals in vals_list for name in vals}
    records.modified(given, create=True)
    return records


def _spell_cached(field, value, record):
    """Return what the cache holds for ``value``; what nobody changes is not copied."""
    if isinstance(value, Fixed):
        return value
    return field.convert_to_cache(value, record)


def remember_written(records, values):
    """Put what was just written into the cache, as ``write`` does.

    :param dict values: ``{id: {name: value}}``; nothing of it may wait to be written
    """
    for record in records:
        for name, value in values[record.id].items():
            field = records._fields[name]
            field._update_cache(record, field.convert_to_cache(value, record))
    records.modified({name for vals in values.values() for name in vals})
