"""Choosing the command, and turning a Failure into words and an exit status."""

import importlib
import os
import signal
import sys
from types import ModuleType

from devkit.console import Failure, say, show

COMMANDS = (
    "demo",
    "test",
    "format",
    "shell",
    "psql",
    "i18n",
    "guide",
    "screenshots",
    "bench",
    "odoo-tests",
    "stop",
    "reset",
)

ENVIRONMENT = """\
Environment:
  ODOO_SRC      a checkout of Odoo 19 (odoo-bin, addons/, odoo/addons/) to use
  ODOO_DEB      a file odoo-19_….deb to use instead of downloading one
  DATABASE_URL  postgresql://user:password@host:5432/ of a server to use instead of
                a cluster of our own; also as an option, --database-url=URL
  PYTHON        the interpreter to start from (3.10 or newer), the system's by default
  XDG_CACHE_HOME  where downloads are kept (default ~/.cache), shared by all clones
"""


def main(argv: list[str]) -> int:
    argv = _take_database_url(argv)
    name = argv[0] if argv else "help"
    if name in ("help", "-h", "--help"):
        return _help()
    if name not in COMMANDS:
        say(f"./dev: there is no command {name!r}")
        _help()
        return 2
    # a terminated ./dev stops what it started, like one that was interrupted
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return _module(name).run(argv[1:])
    except Failure as failure:
        show(failure)
        return 1
    except KeyboardInterrupt:
        say()
        say("interrupted")
        return 130


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"devkit.commands.{name.replace('-', '_')}")


def _take_database_url(argv: list[str]) -> list[str]:
    rest = []
    words = iter(argv)
    for word in words:
        option, separator, value = word.partition("=")
        if option == "--database-url":
            os.environ["DATABASE_URL"] = value if separator else next(words, "")
        else:
            rest.append(word)
    return rest


def _help() -> int:
    print("Usage: ./dev COMMAND [options]\n")
    for name in COMMANDS:
        summary = (_module(name).__doc__ or "").splitlines()[0]
        print(f"  ./dev {name:<11} {summary}")
    print("\n./dev COMMAND --help says more.\n")
    print(ENVIRONMENT, end="")
    sys.stdout.flush()
    return 0
