"""States of an order that several rooms ask for."""

# confirmed but nothing is launched yet, or given to production; empty: plain Odoo
HELD, EFFECTIVE = "held", "effective"
