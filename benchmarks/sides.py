"""The databases that are compared, each with its process."""

import multiprocessing
from collections.abc import Callable
from typing import Any

from devkit.console import Failure
from devkit.storage import Database

from . import worker
from .worker import Sample

SUPERUSER = 1


class Side:
    """A database, and the process that works in it."""

    def __init__(self, name: str, database: Database, addons: tuple[str, ...] = ()):
        self.name = name
        self.database = database
        # what the fixtures returned, and the quotations nobody has used yet
        self.data: dict = {}
        self.orders: list[int] = []
        context = multiprocessing.get_context("spawn")
        self._line, other = context.Pipe()
        arguments = (other, database.name, addons)
        self._process = context.Process(
            target=worker.serve, args=arguments, daemon=True
        )
        self._process.start()
        other.close()
        self._answer()  # the registry is loaded

    def act(self, function: Callable, *arguments: Any, uid: int = SUPERUSER) -> Sample:
        """Run ``function(env, *arguments)`` in a transaction of its own."""
        self._line.send((function, arguments, uid))
        return self._answer()

    def call(self, function: Callable, *arguments: Any) -> Any:
        """What ``function`` returns, for everything that is not measured."""
        return self.act(function, *arguments).value

    def rpc(self, uid: int, model: str, method: str, *arguments: Any, **keywords: Any):
        """Do what a client's call does."""
        context = {**worker.CONTEXT, **keywords.pop("context", {})}
        keywords["context"] = context
        return self.act(_call_kw, model, method, arguments, keywords, uid=uid)

    def take(self, count: int) -> list[int]:
        """Hand out quotations that no other act has touched."""
        if count > len(self.orders):
            raise Failure(f"the database {self.name} has too few quotations")
        taken, self.orders = self.orders[:count], self.orders[count:]
        return taken

    def _answer(self):
        try:
            answer = self._line.recv()
        except EOFError:
            raise Failure(f"the process of {self.database.name} ended") from None
        if isinstance(answer, str):
            raise Failure(f"an act failed: {self.name}", lines=answer.splitlines())
        return answer

    def close(self) -> None:
        self._line.close()
        self._process.join(20)
        self.database.drop()


def _call_kw(env, model, method, arguments, keywords):
    from odoo.service.model import call_kw

    return call_kw(env[model], method, list(arguments), dict(keywords))
