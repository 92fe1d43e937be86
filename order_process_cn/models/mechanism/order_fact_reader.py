import json
from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...tools import facts
from .memory import remembered


class OrderFactReader(models.AbstractModel):
    """Reads what a signature looks at: seats, reviews, and the facts it vouches for in
    the form in which they are stored.

    What the cache knows is taken from there; for the rest one narrow statement replaces
    the prefetching of a hundred columns and a query for each many2many field. Used by
    the engine, which knows whose rows it asks for: no rule is applied.
    """

    _name = "order.fact.reader"
    _description = "Reader of Stored Facts"

    @api.model
    def _load(self, model, names, where, tail=None):
        """Return the rows of ``model`` for which ``where`` holds, the stored fields
        ``names`` (``id`` not among them, none translated) put into the cache.

        :param SQL tail: how they are ordered and locked
        """
        names = tuple(names)
        rows = self._query(model, ("id", *names), where, tail)
        if not rows:
            return model.browse()
        ids, *columns = zip(*rows, strict=True)
        records = model.browse(ids)
        for name, values in zip(names, columns, strict=True):
            field = model._fields[name]
            if field.type == "many2many":
                values = map(tuple, values)
            field._insert_cache(records, values)
        return records

    @api.model
    def _read(self, records, names):
        """Return ``{id: {name: stored value}}`` for stored fields of ``records``."""
        if not records:
            return {}
        fields = [records._fields[name] for name in names]
        unread = self._find_unread(records, names)
        known = records.browse(id_ for id_ in records._ids if id_ not in unread)
        known._recompute_recordset(names)
        if not all(known._ids):
            for name in names:
                known.mapped(name)  # into the cache, also what a new record shows
        columns = [self._known(field, known) for field in fields]
        found = {
            record_id: dict(zip(names, values, strict=True))
            for record_id, *values in zip(known._ids, *columns, strict=True)
        }
        if unread:
            columns = ("id", *names)
            rows = self._query(records, columns, SQL("id IN %s", tuple(unread)))
            found |= {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
        return found

    @api.model
    def _find_unread(self, records, names):
        """Return the ids of those of whom the cache does not know all of ``names``."""
        return {
            record_id
            # a form reads many2many fields on its own as well
            for name in names
            if records._fields[name].type != "many2many"
            for record_id in records._fields[name]._cache_missing_ids(records)
            if record_id  # what is not saved yet is in the cache only
        }

    @api.model
    def _query(self, model, names, where, tail=None):
        """Return the columns ``names`` of the rows for which ``where`` holds."""
        model.flush_model(names)
        return self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE %s %s",
                self._columns(model._name, names),
                SQL.identifier(model._table),
                where,
                tail or SQL(),
            )
        )

    @api.model
    def _read_with_lines(self, records, names, lines_name, line_names):
        """Return ``{id: {name: stored value}}`` for ``records``, and
        ``{id: {line id: {name: stored value}}}`` for the lines in their one2many field
        ``lines_name``; with one statement where not all of it is known yet, as in most
        signatures."""
        field = records._fields[lines_name]
        unread = self._find_unread(records, [lines_name, *names])
        for record in records.browse(id_ for id_ in records._ids if id_ not in unread):
            if self._find_unread(record[lines_name], line_names):
                unread.add(record.id)
        known = records - records.browse(unread)
        found = self._read(known, names)
        values = self._read(known[lines_name].with_env(self.env), line_names)
        found_lines = defaultdict(dict)
        for record in known:
            found_lines[record.id] = {
                line_id: values[line_id] for line_id in record[lines_name]._ids
            }
        for row, line in self._select(records, unread, names, field, line_names):
            found.setdefault(row["id"], row)
            if line["id"]:
                found_lines[row["id"]][line["id"]] = line
        return found, found_lines

    @api.model
    def _select(self, records, ids, names, field, line_names):
        """Return ``[(values of a record, values of one of its lines)]``."""
        if not ids:
            return []
        names = ("id", *names)
        line_names = ("id", *line_names)
        lines = self.env[field.comodel_name]
        records.flush_model(names)
        lines.flush_model([field.inverse_name, *line_names])
        key = SQL.identifier(records._table, "id")
        rows = self.env.execute_query(
            SQL(
                "SELECT %s, %s FROM %s LEFT JOIN %s ON %s = %s WHERE %s IN %s",
                self._columns(records._name, names),
                self._columns(lines._name, line_names),
                SQL.identifier(records._table),
                SQL.identifier(lines._table),
                SQL.identifier(lines._table, field.inverse_name),
                key,
                key,
                tuple(ids),
            )
        )
        width = len(names)
        return [
            (
                dict(zip(names, row[:width], strict=True)),
                dict(zip(line_names, row[width:], strict=True)),
            )
            for row in rows
        ]

    @api.model
    @remembered
    def _columns(self, model_name, names):
        """Return the columns of these fields, those of many2many fields as arrays."""
        model = self.env[model_name]
        return SQL(", ").join(self._column(model, model._fields[n]) for n in names)

    @api.model
    def _column(self, model, field):
        if field.type != "many2many":
            return SQL.identifier(model._table, field.name)
        return SQL(
            "ARRAY(SELECT %s FROM %s WHERE %s = %s)",
            SQL.identifier(field.relation, field.column2),
            SQL.identifier(field.relation),
            SQL.identifier(field.relation, field.column1),
            SQL.identifier(model._table, "id"),
        )

    @api.model
    def _known(self, field, records):
        """Return what the column of ``field`` holds, or will hold: a value for each of
        these records, which are in the cache."""
        if field.type == "many2many":
            # archiving a tax changes no order
            every = records.with_context(active_test=False)
            return [record[field.name].ids for record in every]
        cached = field._get_cache(records.env)
        return [cached[record_id] for record_id in records._ids]

    @api.model
    def _spell(self, field, value):
        """Return a stored value as text or number, the same whoever looks."""
        if field.type == "many2many":
            return sorted(value)
        if field.relational:
            return value or 0
        if field.type in {"float", "monetary"}:
            return facts.spell(value or 0.0)
        if field.type in {"date", "datetime"}:
            return field.to_string(value) or ""
        if field.type == "json":
            return json.dumps(value, sort_keys=True) if value else ""
        return value or ""
