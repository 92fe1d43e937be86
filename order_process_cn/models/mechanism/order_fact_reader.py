import json
from contextlib import suppress

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
        return self._keep(model, names, self._query(model, ("id", *names), where, tail))

    @api.model
    def _keep(self, model, names, rows):
        """Put ``rows`` of ``(id, …)`` into the cache; return their records."""
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
        found = self._read_known(records, names)
        if unread := tuple(id_ for id_ in records._ids if id_ not in found):
            columns = ("id", *names)
            rows = self._query(records, columns, SQL("id IN %s", unread))
            found |= {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
        return found

    @api.model
    def _read_known(self, records, names):
        """Return the same of those of whom the cache knows all of ``names``: what their
        columns hold, or will hold."""
        records._recompute_recordset(names)
        # what is not saved yet is nowhere else
        new = records.browse(id_ for id_ in records._ids if not id_)
        shown = {record.id: {n: record[n] for n in names} for record in new}
        fields = [(name, records._fields[name]) for name in names]
        caches = [(name, field._get_cache(records.env)) for name, field in fields]
        found = {}
        for record_id in records._ids:
            with suppress(KeyError):
                found[record_id] = {name: cache[record_id] for name, cache in caches}
        for record_id, values in shown.items():
            for name, field in fields:
                if field.type == "many2many":
                    found[record_id][name] = values[name].ids
        return found

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
