from collections import defaultdict
from datetime import date, datetime

from odoo import api, models
from odoo.tools import SQL

from ..mechanism.memory import remembered
from .along import NOTHING, Along

# what JSON tells in another type than a column
REVIVED = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "float": float,
    "monetary": float,
}


class OrderFactReader(models.AbstractModel):
    """Records with their lines, in one statement: a row for each record, its lines told
    in JSON. The planner takes half as long over it as over a join."""

    _inherit = "order.fact.reader"

    @api.model
    def _read_with_lines(self, records, names, field, line_names):
        """Return ``{id: {name: stored value}}`` for ``records``, and
        ``{id: {line id: {name: stored value}}}`` for the lines in their one2many
        ``field``; what the cache does not know is read."""
        found, found_lines = self._read_known(records, names), defaultdict(dict)
        missing = {id_ for id_ in field._cache_missing_ids(records) if id_}
        known = records.browse(id_ for id_ in found if id_ not in missing)
        values = self._read_known(known[field.name].with_env(self.env), line_names)
        for record in known:
            own = record[field.name]._ids
            if values.keys() >= {*own}:
                found_lines[record.id] = {line_id: values[line_id] for line_id in own}
        if unread := {id_ for id_ in records._ids if id_ and id_ not in found_lines}:
            where = SQL("%s IN %s", SQL.identifier(records._table, "id"), tuple(unread))
            read = self._select(records, names, field, line_names, where)
            rows, lines = self._by_id(read)
            found, found_lines = found | rows, found_lines | lines
        return found, found_lines

    @api.model
    def _load_with_lines(self, records, names, field, line_names, where, tail=None):
        """As ``_load``, with the lines in the one2many ``field`` of the rows."""
        along = Along(tail=tail or SQL())
        read = self._select(records, names, field, line_names, where, along)
        return self._keep_with_lines(records, names, field, line_names, read)

    @api.model
    def _keep_with_lines(self, records, names, field, line_names, read):
        """As ``_keep``, for what :meth:`_select` returns."""
        lines = records.env[field.comodel_name]
        told = [(*line.values(),) for _row, own, _more in read for line, _also in own]
        self._keep(lines, line_names, told)
        found = self._keep(records, names, [(*row.values(),) for row, *_more in read])
        ids = [tuple(line["id"] for line, _also in own) for _row, own, _more in read]
        field._insert_cache(found, ids)
        return found

    @api.model
    def _by_id(self, read):
        """Return what :meth:`_select` returns as ``{id: values}`` of the records and
        ``{id: {line id: values}}`` of their lines."""
        return {row["id"]: row for row, *_more in read}, {
            row["id"]: {line["id"]: line for line, _also in own}
            for row, own, _more in read
        }

    @api.model
    def _select(self, records, names, field, line_names, where, along=NOTHING):
        """Return ``[(values of a record, its lines, what was read along), …]``; lines
        are ``[(values, what was read along), …]``, and values begin with ``id``.

        :param SQL where: a condition on the table of the records
        """
        lines = self.env[field.comodel_name]
        records.flush_model(names)
        lines.flush_model([field.inverse_name, *line_names])
        names = ("id", *names)
        rows = self.env.execute_query(
            SQL(
                "SELECT %s, %s FROM %s %s WHERE %s %s",
                SQL(", ").join((self._columns(records._name, names), *along.own)),
                self._gather(records, field, line_names, along.line),
                SQL.identifier(records._table),
                along.joined,
                where,
                along.tail,
            )
        )
        return self._named(names, lines, line_names, rows)

    @api.model
    def _named(self, names, lines, line_names, rows):
        """Return what :meth:`_select` returns from ``rows`` of columns: those of the
        record, what was read along, and its lines as :meth:`_gather` has told them."""
        width = len(names)
        return [
            (
                dict(zip(names, row, strict=False)),
                self._revive(lines, line_names, told),
                row[width:],
            )
            for *row, told in rows
        ]

    @api.model
    def _spell_condition(self, records, found):
        """Return the query ``found`` as a condition on the table of ``records``; that
        table once more within it would be planned twice."""
        table = SQL.identifier(records._table)
        if found.from_clause == table and found.where_clause and not found.is_empty():
            return found.where_clause
        own = SQL.identifier(records._table, "id")
        return SQL("%s IN %s", own, found.subselect())

    @api.model
    def _gather(self, records, field, line_names, further=()):
        """Return the column that holds the lines of a record in its one2many ``field``,
        as :meth:`_revive` takes them."""
        lines = self.env[field.comodel_name]
        columns = self._columns(lines._name, ("id", *line_names))
        return SQL(
            "(SELECT json_agg(json_build_array(%s) ORDER BY %s) FROM %s WHERE %s = %s)",
            SQL(", ").join((columns, *further)),
            self._order_of(lines._name),
            SQL.identifier(lines._table),
            SQL.identifier(lines._table, field.inverse_name),
            SQL.identifier(records._table, "id"),
        )

    @api.model
    @remembered
    def _order_of(self, model_name):
        """Return the order of a model, without what another table would decide."""
        model = self.env[model_name]
        return SQL(", ").join(
            SQL("%s %s", SQL.identifier(model._table, name), SQL(" ".join(turned)))
            for name, *turned in map(str.split, model._order.split(","))
        )

    @api.model
    def _revive(self, lines, line_names, told):
        """Return ``[(values of a line, what was read along), …]``, the values in the
        types of columns.

        :param told: what :meth:`_gather` has told of one record
        """
        names = ("id", *line_names)
        width, told = len(names), told or ()
        for at, name in enumerate(names):
            if revive := REVIVED.get(lines._fields[name].type):
                for row in told:
                    if row[at] is not None:
                        row[at] = revive(row[at])
        return [(dict(zip(names, row, strict=False)), row[width:]) for row in told]
