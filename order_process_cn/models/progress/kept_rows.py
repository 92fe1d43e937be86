"""Rows of a report about orders that have not moved are kept in a table.

Reckoning them from every line, event and transfer of some years takes minutes; the rows
of an order change only when something happens to it. The database itself notes which
orders those are, on every road: what is kept of them counts no more, they are reckoned
when somebody looks, and kept again by the worker. So a figure is never old.
"""

# what is put into statements are tables and columns of the reports: nobody enters them
# pylint: disable=sql-injection

from hashlib import sha256

# no columns in the trigger itself: they could not be changed by an upgrade any more
NOTE = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO {moved} {of_new};
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO {moved} {of_old};
    ELSIF ({old}) IS DISTINCT FROM ({new}) THEN
        INSERT INTO {moved} {of_old} UNION {of_new};
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS {function} ON {table};
CREATE TRIGGER {function} AFTER {moments} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {function}();
"""
EVERY_ORDER = "SELECT o.id FROM sale_order o WHERE {row}.id IS NOT NULL"
# what orders refer to is there before and after them
REFERRED = ("product.", "res.")


class KeptRows:
    """The rows of a report.

    :param str name: what its tables are called
    :param str columns: what a row says, ``id`` and ``order_id`` among it
    :param str reckoned: the query, with ``{among}`` behind each column that says which
        order; it may not depend on the moment
    :param str index: the column by which they are narrowed
    :param dict told_by: of which orders a row of a model tells, as a query about
        ``{row}``; a model that is not named is taken to change once in years, for all
    """

    def __init__(self, name, columns, reckoned, index, told_by):
        self.rows, self.moved = f"{name}_kept", f"{name}_moved"
        self.names = ", ".join(columns.split())
        self.index, self.told_by = index, told_by
        self._all = reckoned.format(among="IS NOT NULL")
        self._digest = sha256(f"{self.names}{self._all}".encode()).hexdigest()
        self._some = reckoned.format(among="= ANY(%(ids)s)")
        # an array: however few or many have moved, they are looked up
        among = f"= ANY(ARRAY(SELECT order_id FROM {self.moved}))"
        self.query = f"""
            SELECT {self.names} FROM {self.rows} kept
             WHERE NOT EXISTS (SELECT FROM {self.moved} moved
                                WHERE moved.order_id = kept.order_id)
             UNION ALL
            SELECT {self.names} FROM ({reckoned.format(among=among)}) reckoned"""

    def make_kept(self, cr, depends):
        """Make the table, and have the database note what moves.

        Made anew, in one statement, when what is reckoned has changed.

        :param dict depends: ``_depends`` of the report: the fields that are read
        """
        cr.execute("SELECT obj_description(to_regclass(%s))", [self.rows])
        if cr.fetchone() != (self._digest,):
            self.fill(cr)
        for model, names in depends.items():
            self._note_moves(cr, model, names)

    def fill(self, cr):
        """Reckon the rows of all orders and keep them: a minute for a million."""
        cr.execute(f"""
            DROP TABLE IF EXISTS {self.rows}, {self.moved};
            CREATE TABLE {self.moved} (order_id integer NOT NULL);
            CREATE INDEX {self.moved}_order_idx ON {self.moved} (order_id);
            CREATE TABLE {self.rows} AS
                   SELECT {self.names} FROM ({self._all}) reckoned;
            ALTER TABLE {self.rows} ADD PRIMARY KEY (id);
            CREATE INDEX {self.rows}_order_idx ON {self.rows} (order_id);
            CREATE INDEX {self.rows}_{self.index}_idx ON {self.rows} ({self.index});
            COMMENT ON TABLE {self.rows} IS '{self._digest}';
            ANALYZE {self.rows};
        """)

    def _note_moves(self, cr, model, names):
        orders = self.told_by.get(model, EVERY_ORDER)
        own = model in self.told_by and not model.startswith(REFERRED)
        cr.execute(
            NOTE.format(
                function=self._function(model),
                table=model.replace(".", "_"),
                moved=self.moved,
                moments="INSERT OR UPDATE OR DELETE" if own else "UPDATE",
                old=", ".join(f"OLD.{name}" for name in names),
                new=", ".join(f"NEW.{name}" for name in names),
                of_old=orders.format(row="OLD"),
                of_new=orders.format(row="NEW"),
            )
        )

    def _function(self, model):
        return f"{self.moved}_{model.replace('.', '_')}"

    def drop(self, cr, depends):
        """Leave nothing behind when the module goes."""
        for model in depends:
            cr.execute(f"DROP FUNCTION IF EXISTS {self._function(model)}() CASCADE")
        cr.execute(f"DROP TABLE IF EXISTS {self.rows}, {self.moved}")

    def count_moved(self, cr) -> int:
        """How many orders are not kept now."""
        cr.execute(f"SELECT COUNT(DISTINCT order_id) FROM {self.moved}")
        return cr.fetchone()[0]

    def keep(self, cr, limit) -> int:
        """Keep the rows of ``limit`` orders that have moved; return how many.

        What moves at this moment in another transaction is not seen here, and its note
        stays: the order is reckoned until the next time.
        """
        cr.execute(
            f"DELETE FROM {self.moved} WHERE order_id IN "
            f"(SELECT DISTINCT order_id FROM {self.moved} LIMIT %s) RETURNING order_id",
            [limit],
        )
        ids = list({order_id for (order_id,) in cr.fetchall()})
        if ids:
            cr.execute(f"DELETE FROM {self.rows} WHERE order_id = ANY(%s)", [ids])
            cr.execute(
                f"INSERT INTO {self.rows} ({self.names}) "
                f"SELECT {self.names} FROM ({self._some}) reckoned",
                {"ids": ids},
            )
        return len(ids)
