"""A document waits for any of its steps, no longer only for its confirmation."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column


def migrate(cr, version):
    for table in ("sale_order", "mrp_production"):
        if not column_exists(cr, table, "confirmation_requested"):
            continue
        create_column(cr, table, "requested_transition", "varchar")
        cr.execute(
            SQL(
                "UPDATE %s SET requested_transition = 'confirm' "
                "WHERE confirmation_requested",
                SQL.identifier(table),
            )
        )
