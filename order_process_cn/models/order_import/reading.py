"""Reads the rows of a file of orders (INT-8)."""

import csv
import io
import zipfile
from typing import NamedTuple

from odoo.exceptions import UserError

from ...tools.dirty_cells import read_key, read_text

MOST_BYTES = 5_000_000
# a sheet is unpacked in memory
MOST_UNPACKED = 60_000_000
MOST_ROWS = 5000
MOST_COLUMNS = 60
# what spreadsheets in China write when they save as text
ENCODINGS = ("utf-8-sig", "gb18030")


class Column(NamedTuple):
    """A column of the file."""

    name: str
    label: str
    required: bool


def get_columns(env):
    """Return the columns of the template with their titles for the reader."""
    return [
        Column("customer", env._("Customer of the Row"), True),
        Column("reference", env._("Customer's Order Number"), False),
        Column("wanted_date", env._("Wanted on"), False),
        Column("product", env._("Product or Its Code"), True),
        Column("quantity", env._("Quantity of the Row"), True),
        Column("price", env._("Price Each"), False),
    ]


def write_template(env):
    """Return an empty file, as bytes: a sheet with the titles."""
    # the mark at its beginning says the encoding to every spreadsheet
    titles = [column.label for column in get_columns(env)]
    out = io.StringIO()
    csv.writer(out).writerow(titles)
    return out.getvalue().encode("utf-8-sig")


class Table(NamedTuple):
    """The rows of a file."""

    # {name: letter of the column}
    letters: dict
    # [(number of the row in the file, {name: cell})]
    rows: list


def read_rows(env, data):
    """Return the :class:`Table` of a file, a sheet or text with commas.

    :raise UserError: it cannot be read, or its titles are not those of the template
    """
    if len(data) > MOST_BYTES:
        raise UserError(env._("The file is too large: split it."))
    cells = _read_sheet(env, data) if data[:2] == b"PK" else _read_text(env, data)
    rows = [
        (number, row)
        for number, row in enumerate(cells, 1)
        if any(read_text(cell) for cell in row)
    ]
    if not rows:
        raise UserError(env._("The file is empty."))
    places = _find_columns(env, rows[0][1])
    if len(rows) == 1:
        raise UserError(env._("The file has titles, but no rows."))
    if len(rows) > MOST_ROWS + 1:
        raise UserError(
            env._("The file has more than %s rows: split it.", f"{MOST_ROWS:,}")
        )
    return Table(
        {name: _letter(place) for name, place in places.items()},
        [
            (
                number,
                {
                    name: row[place] if place < len(row) else None
                    for name, place in places.items()
                },
            )
            for number, row in rows[1:]
        ],
    )


def _read_sheet(env, data):
    try:
        # with Odoo, which reads sheets with it
        import openpyxl  # noqa: PLC0415

        unpacked = zipfile.ZipFile(io.BytesIO(data)).infolist()
        if sum(part.file_size for part in unpacked) > MOST_UNPACKED:
            raise UserError(env._("The file is too large: split it."))
        book = openpyxl.load_workbook(
            io.BytesIO(data), data_only=True, read_only=True, keep_links=False
        )
        sheet = book.worksheets[0]
        return [
            list(row)
            for row in sheet.iter_rows(
                max_row=MOST_ROWS + 100, max_col=MOST_COLUMNS, values_only=True
            )
        ]
    except UserError:
        raise
    # a stranger's file: the library names no errors of its own for a broken one
    except Exception as error:  # noqa: BLE001  # pylint: disable=broad-except
        raise UserError(_cannot_read(env)) from error


def _read_text(env, data):
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding).replace("\0", "")  # nothing is kept of it
        except UnicodeDecodeError:
            continue
        title = text.partition("\n")[0]
        comma = max(",;\t", key=title.count)
        try:
            return [
                row[:MOST_COLUMNS]
                for row in csv.reader(io.StringIO(text), delimiter=comma)
            ]
        except csv.Error as error:
            raise UserError(_cannot_read(env)) from error
    raise UserError(_cannot_read(env))


def _cannot_read(env):
    return env._(
        "The file cannot be read: save it as a sheet (.xlsx) or as text with commas "
        "(.csv)."
    )


def _find_columns(env, titles):
    """Return ``{name: place}``; titles are known in every language in use."""
    known = {}
    for code, _name in env["res.lang"].get_installed():
        for column in get_columns(env(context=dict(env.context, lang=code))):
            known[read_key(column.label)] = column.name
    places = {}
    for place, title in enumerate(titles):
        name = known.get(read_key(title).rstrip("*"))
        if name in places:
            raise UserError(
                env._("Two columns are called “%s”: keep one.", read_text(title)[:50])
            )
        if name:
            places[name] = place
    missing = [
        column.label
        for column in get_columns(env)
        if column.required and column.name not in places
    ]
    if missing:
        raise UserError(
            env._(
                "The first row has no column %s: begin with the template.",
                ", ".join(f"“{label}”" for label in missing),
            )
        )
    return places


def _letter(place):
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)
