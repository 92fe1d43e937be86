from odoo import api, models
from odoo.tools import SQL


class OrderRelationReader(models.AbstractModel):
    """Finds out which relations of some records are empty, all in one statement.

    The ORM reads each relation with a query of its own, most of them to learn that
    there is nothing. What is empty in its table is empty for everybody, so no rule is
    applied; what is not is left to the ORM.
    """

    _name = "order.relation.reader"
    _description = "Reader of Empty Relations"

    @api.model
    def _questions(self, records, names):
        """Return ``{field: SQL}`` for those of the fields ``names`` that are relations
        with a table: the ids of the ``records`` that have something there."""
        fields = (records._fields.get(name) for name in names)
        return {
            field: self._question(records, field)
            for field in fields
            if field and self._has_table(field)
        }

    def _has_table(self, field):
        if not field.store or field.type not in {"one2many", "many2many"}:
            return False
        if field.type == "many2many":
            return True
        lines = self.env[field.comodel_name]
        inverse = lines._fields[field.inverse_name]
        # of a reference the number alone does not tell whose it is
        is_own = inverse.store and inverse.type == "many2one"
        return is_own and lines._is_an_ordinary_table()

    def _question(self, records, field):
        # as simple as it can be: planning it takes longer than answering it
        if field.type == "many2many":
            table, column = field.relation, field.column1
        else:
            lines = self.env[field.comodel_name]
            lines.flush_model([field.inverse_name])
            table, column = lines._table, field.inverse_name
        return SQL(
            "SELECT %(column)s FROM %(table)s WHERE %(column)s = ANY (%(ids)s)",
            column=SQL.identifier(column),
            table=SQL.identifier(table),
            ids=records.ids,
        )

    @api.model
    def _ask(self, questions):
        """Return ``{key: ids, one a row}`` for ``{key: SQL that returns ids}``."""
        [answers] = self.env.execute_query(
            SQL(
                "SELECT %s",
                SQL(", ").join(SQL("ARRAY(%s)", sql) for sql in questions.values()),
            )
        )
        return dict(zip(questions, answers, strict=True))

    @api.model
    def _note_empty(self, records, answers):
        """Put into the cache which relations of ``records`` are empty; what is known
        already stays as it is."""
        for field, found in answers.items():
            without = records.browse(id_ for id_ in records._ids if id_ not in found)
            field._insert_cache(without, [()] * len(without))
