"""Many rows from a few, in SQL: thousands of orders in a second.

What is copied was made by Odoo; only ids, names and references differ.
"""


class Copies:
    """``count`` copies of a set of rows that refer to each other.

    Tables are copied in an order in which references point to what is there already::

        copies = Copies(env, 1000)
        copies.copy("sale_order", orders.ids, name="name || '-' || copy.number")
        copies.copy("sale_order_line", lines.ids, {"order_id": "sale_order"})
    """

    def __init__(self, env, count: int):
        self.env = env
        self.count = count
        self._copied: dict[str, tuple[list[int], int]] = {}

    def copy(self, table, ids, references=None, **values) -> list[int]:
        """Return the ids of the copies; ``values`` are SQL, ``copy.number`` counts."""
        self.env.flush_all()
        first = self.announce(table, ids)
        values["id"] = self._new_id("id", table)
        for column, other in (references or {}).items():
            values[column] = self._new_id(column, other)
        columns = self._columns(table)
        selected = ", ".join(values.get(name, f'source."{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        self.env.cr.execute(
            f"INSERT INTO {table} ({names}) SELECT {selected} FROM {table} AS source, "
            f"generate_series(1, {self.count}) AS copy(number) "
            "WHERE source.id = ANY(%s)",
            [list(ids)],
        )
        self.env.invalidate_all()
        last = first + self.count * len(ids) - 1
        self.env.cr.execute(f"SELECT setval('{table}_id_seq', {last})")
        return list(range(first, last + 1))

    def relate(self, table, first, second) -> None:
        """Copy the rows of a table of pairs; ``first``, ``second`` are ``(column, table
        it refers to)``, both of which are copied already."""
        (column, home), (other, away) = first, second
        self.env.cr.execute(
            f'INSERT INTO {table} ("{column}", "{other}") '
            f"SELECT {self._new_id(column, home)}, {self._new_id(other, away)} "
            f"FROM {table} AS source, generate_series(1, {self.count}) AS copy(number) "
            f'WHERE source."{column}" = ANY(%s) AND source."{other}" = ANY(%s)',
            [self._copied[home][0], self._copied[away][0]],
        )

    def announce(self, table, ids) -> int:
        """The id that the first copy will have, for rows that refer to each other."""
        if table not in self._copied:
            self.env.cr.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")
            self._copied[table] = (list(ids), self.env.cr.fetchone()[0])
        return self._copied[table][1]

    def _new_id(self, column, table):
        """SQL for the id of the copy of the row that ``column`` refers to."""
        ids, first = self._copied[table]
        rank = f'array_position(ARRAY{ids}, source."{column}") - 1'
        return f"{first} + (copy.number - 1) * {len(ids)} + {rank}"

    def _columns(self, table):
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = %s AND table_schema = current_schema "
            "AND is_generated = 'NEVER'",
            [table],
        )
        return [name for (name,) in self.env.cr.fetchall()]


def copy_orders(env, order_id: int, count: int) -> list[int]:
    """Copy a draft order with its lines; return the ids of the copies."""
    order = env["sale.order"].browse(order_id)
    copies = Copies(env, count)
    name = "name || '-' || copy.number"
    ids = copies.copy("sale_order", order.ids, name=name, access_token="NULL")
    copies.copy("sale_order_line", order.order_line.ids, {"order_id": "sale_order"})
    return ids


def analyze(env) -> None:
    """Let the planner know what the tables hold now."""
    env.flush_all()
    env.cr.execute("ANALYZE")
