"""The process that belongs to one database and does there what it is told.

It is sent functions by name, calls them with an environment and answers with what
they return, how long they took and how many queries they made.
"""

import functools
import gc
import logging
import os
import time
import traceback
from typing import Any, NamedTuple

# what the web client sends with every call
CONTEXT = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}


class Sample(NamedTuple):
    """One act: what came back, seconds until it was committed, SQL statements."""

    value: Any
    seconds: float
    queries: int


def serve(connection, database: str, addons: tuple[str, ...]) -> None:
    """Answer requests ``(function, arguments, user)`` until the line is closed."""
    registry = _registry(database, addons)
    connection.send(None)
    while request := _receive(connection):
        try:
            connection.send(_act(registry, *request))
        except Exception:  # noqa: BLE001 - told where it is asked
            connection.send(traceback.format_exc())


def _receive(connection):
    try:
        return connection.recv()
    except (EOFError, OSError, KeyboardInterrupt):
        return None


def _registry(database, addons):
    from odoo.modules.registry import Registry
    from odoo.tools import config

    arguments = ["-c", os.environ["ORDER_DEV_CONF"], "-d", database, "--no-http"]
    if addons:
        arguments.append("--addons-path=" + ",".join(addons))
    config.parse_config([*arguments, "--log-level=error"], setup_logging=True)
    # a refusal that an act is meant to meet is no news
    logging.getLogger("odoo.sql_db").setLevel(logging.CRITICAL)
    return Registry(database)


def _act(registry, function, arguments, uid):
    """Call ``function(env, *arguments)`` as a request does: a transaction of its own,
    nothing remembered of records, what the process remembers kept."""
    from odoo import api, sql_db
    from odoo.service.model import retrying

    # what the process keeps is not walked through again: that would fill the
    # processor's caches with it right before an act is measured
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        with registry.cursor() as cr:
            env = api.Environment(cr, uid, CONTEXT)
            queries, started = sql_db.sql_counter, time.perf_counter()
            value = retrying(functools.partial(function, env, *arguments), env)
            seconds = time.perf_counter() - started
            return Sample(value, seconds, sql_db.sql_counter - queries)
    finally:
        gc.enable()
