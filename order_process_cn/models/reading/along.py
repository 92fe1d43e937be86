"""What one statement reads along with records and their lines."""

from typing import NamedTuple

from odoo.tools import SQL


class Along(NamedTuple):
    """
    :param own: columns of what the records refer to, and ``line`` of what lines do
    :param joined: further tables, by a join
    :param tail: how the rows are ordered and locked
    """

    own: tuple = ()
    line: tuple = ()
    joined: SQL = SQL()
    tail: SQL = SQL()


NOTHING = Along()
