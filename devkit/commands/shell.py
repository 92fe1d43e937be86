"""open an Odoo shell on the demo database, or on the one named

Code on standard input is run instead: echo 'print(env.user.name)' | ./dev shell
"""

import os

from devkit import demo_database, storage, workspace
from devkit.arguments import parser
from devkit.console import Failure


def run(arguments: list[str]) -> int:
    options = parser(__doc__, "shell")
    options.add_argument("database", nargs="?", help="default: demo")
    name = options.parse_args(arguments).database
    here = workspace.prepare()
    database = existing_or_demo(name)
    command = here.odoo_command("shell", "-d", database.name, "--no-http")
    command.append("--log-level=warn")
    os.execve(command[0], command, here.environment())


def existing_or_demo(name: str | None) -> storage.Database:
    """The database of this name; without one, the demo database as it stands."""
    if not name:
        demo = storage.Database(storage.full_name(demo_database.NAME))
        return demo if storage.exists(demo.name) else demo_database.ensure()
    # on a server that is not ours, our databases carry a mark
    for candidate in (name, storage.full_name(name)):
        if storage.exists(candidate):
            return storage.Database(candidate)
    raise Failure(f"no database {name}", lines=storage.names())
