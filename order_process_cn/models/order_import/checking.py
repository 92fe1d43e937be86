"""What is wrong with rows of orders, all at once, and the orders that they are (INT-8).

Customers and products are looked up once for the whole file.
"""

from collections import defaultdict
from typing import NamedTuple

from odoo import Command

from ...tools.dirty_cells import read_date, read_key, read_number, read_text
from ...tools.references import reference_key
from ..given.given import FIRST_YEAR, LAST_YEAR
from .reading import get_columns

# what a number of the customer may be, and any other
MOST_TEXT = 200
MOST_NUMBER = 1e9


class Fault(NamedTuple):
    """What is wrong in one cell, and what to do."""

    row: int
    cell: str
    column: str
    value: str
    text: str


class Orders:
    """The rows of a file as orders of one company, with the rights of the reader."""

    def __init__(self, env, company, table):
        self.env, self.company, self.table = env, company, table
        self.labels = {column.name: column.label for column in get_columns(env)}
        self.faults = []
        # {key of an order: [(row, cells)]}
        self.groups = defaultdict(list)

    def check(self):
        """Fill ``faults`` and ``groups``; nothing is written."""
        self.customers = self._look_up(
            "res.partner",
            "customer",
            ("name", "ref"),
            # an address of a customer is no customer
            [("parent_id", "=", False)],
        )
        self.products = self._look_up(
            "product.product",
            "product",
            ("default_code", "barcode", "name"),
            [("sale_ok", "=", True)],
        )
        for row, cells in self.table.rows:
            self._check_row(row, cells)
        self._check_orders()
        self._check_entered_before()
        self.faults.sort(key=lambda fault: (fault.row, fault.cell))
        return self

    def _look_up(self, model, column, names, domain):
        """Return ``{text: ids}`` of the records that the rows name, in one query."""
        asked = {
            spelled
            for _row, cells in self.table.rows
            for spelled in (read_text(cells[column]), str(cells[column] or ""))
            if spelled
        }
        wanted = {read_key(text) for text in asked}
        # upper and lower case of what was typed: not all there is
        asked |= {text.upper() for text in asked} | {text.lower() for text in asked}
        records = self.env[model].with_company(self.company)
        matches = [(name, "in", sorted(asked)) for name in names]
        found = records.search_fetch(
            [
                *domain,
                ("company_id", "in", [False, self.company.id]),
                *["|"] * (len(matches) - 1),
                *matches,
            ],
            names,
        )
        known = defaultdict(list)
        for name in names:
            for record in found:
                key = read_key(record[name] or "")
                if key in wanted and record.id not in known[key]:
                    known[key].append(record.id)
        return known

    # -- rows --------------------------------------------------------------------------

    def _check_row(self, row, cells):
        customer = self._find(
            row,
            cells,
            "customer",
            self.customers,
            self.env._("No customer is called so or has this code: enter him first."),
        )
        product = self._find(
            row,
            cells,
            "product",
            self.products,
            self.env._("No product for sale is called so or has this code."),
        )
        quantity = self._read(row, cells, "quantity", read_number)
        if quantity is None:
            if not self._is_faulty(row, "quantity"):
                self._note(row, cells, "quantity", self.env._("Say how many."))
        elif not 0 < quantity <= MOST_NUMBER:
            self._note(row, cells, "quantity", self.env._("More than zero, please."))
        price = self._read(row, cells, "price", read_number)
        if price is not None and not 0 <= price <= MOST_NUMBER:
            self._note(
                row, cells, "price", self.env._("A price is not less than zero.")
            )
        wanted = self._read(row, cells, "wanted_date", read_date)
        if wanted and not FIRST_YEAR <= wanted.year <= LAST_YEAR:
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            text = self.env._(
                "A day between the years %(first)s and %(last)s, please.", **years
            )
            self._note(row, cells, "wanted_date", text)
        reference = read_text(cells.get("reference"))[:MOST_TEXT]
        number = reference_key(reference)
        line = {
            "row": row,
            "cells": cells,
            "customer": customer,
            "product": product,
            "quantity": quantity,
            "price": price,
            "wanted_date": wanted,
            "reference": reference,
            "number": number,
        }
        # a row without a number is an order of its own
        who = customer or read_key(cells["customer"])
        key = (who, number) if number else row
        self.groups[key].append(line)

    def _find(self, row, cells, column, known, unknown):
        """Return the number of the record that a cell names, or ``None``."""
        text = read_text(cells[column])
        found = known.get(read_key(text), ())
        if len(found) == 1:
            return found[0]
        if not text:
            reason = self.env._("Empty: fill it in.")
        elif found:
            reason = self.env._(
                "%s are called so: use the code, which is of one only.", len(found)
            )
        else:
            reason = unknown
        self._note(row, cells, column, reason)
        return None

    def _read(self, row, cells, column, read):
        try:
            return read(cells.get(column))
        except (ValueError, OverflowError):
            reason = (
                self.env._("No day that can be read in one way only: write 2026-03-31.")
                if read is read_date
                else self.env._(
                    "No number that can be read in one way only: write 1200.50."
                )
            )
            self._note(row, cells, column, reason)
            return None

    def _is_faulty(self, row, column):
        label = self.labels[column]
        return any(f.row == row and f.column == label for f in self.faults[-8:])

    def _note(self, row, cells, column, text):
        self.faults.append(
            Fault(
                row,
                f"{self.table.letters.get(column, '')}{row}",
                self.labels[column],
                read_text(cells.get(column))[:80],
                text,
            )
        )

    # -- orders ------------------------------------------------------------------------

    def _check_orders(self):
        for lines in self.groups.values():
            days = {line["wanted_date"] for line in lines} - {None}
            seen = {}
            for line in lines:
                if len(days) > 1 and line["wanted_date"] != lines[0]["wanted_date"]:
                    self._note(
                        line["row"],
                        line["cells"],
                        "wanted_date",
                        self.env._(
                            "Row %s of the same order has another day: an order has "
                            "one.",
                            lines[0]["row"],
                        ),
                    )
                said = (line["product"], line["quantity"], line["price"])
                if line["product"] and said in seen:
                    self._note(
                        line["row"],
                        line["cells"],
                        "product",
                        self.env._(
                            "Row %s says the same of the same order: delete one, or "
                            "add up the quantities.",
                            seen[said],
                        ),
                    )
                seen.setdefault(said, line["row"])

    def _check_entered_before(self):
        """Numbers of the customer under which something was entered already."""
        numbered = [
            lines[0]
            for lines in self.groups.values()
            if lines[0]["number"] and lines[0]["customer"]
        ]
        if not numbered:
            return
        numbers = [line["number"] for line in numbered]
        # which numbers were used is told to whoever enters an order, nothing else
        twins = (
            self.env["sale.order"]
            .sudo()
            .search_fetch(
                [
                    ("company_id", "=", self.company.id),
                    ("state", "!=", "cancel"),
                    ("client_order_ref_key", "in", numbers),
                    (
                        "partner_id",
                        "child_of",
                        list({line["customer"] for line in numbered}),
                    ),
                ],
                ["name", "client_order_ref_key", "partner_id"],
            )
        )
        known = {
            (twin.partner_id.commercial_partner_id.id, twin.client_order_ref_key): twin
            for twin in twins
        }
        for line in numbered:
            if twin := known.get((line["customer"], line["number"])):
                self._note(
                    line["row"],
                    line["cells"],
                    "reference",
                    self.env._(
                        "%s was entered under this number already: delete the row, or "
                        "give it another number.",
                        twin.name,
                    ),
                )

    # -- making ------------------------------------------------------------------------

    def make_drafts(self):
        """Return the draft orders, all of them made in this transaction."""
        orders = self.env["sale.order"].with_company(self.company)
        # they count as imported, wherever that is asked
        orders = orders.with_context(import_file=True)
        return orders.create(
            [self._prepare_order(lines) for lines in self.groups.values()]
        ).with_env(self.env)

    def _prepare_order(self, lines):
        first = lines[0]
        values = {
            "partner_id": first["customer"],
            "company_id": self.company.id,
            "client_order_ref": first["reference"] or False,
            "order_line": [Command.create(self._prepare_line(line)) for line in lines],
        }
        days = [line["wanted_date"] for line in lines if line["wanted_date"]]
        if days:
            values["wanted_date"] = days[0]
        return values

    def _prepare_line(self, line):
        values = {
            "product_id": line["product"],
            "product_uom_qty": line["quantity"],
        }
        if line["price"] is not None:
            values["price_unit"] = line["price"]
        return values
