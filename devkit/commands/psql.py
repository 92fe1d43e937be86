"""open psql on the demo database, or on the one named; further options go to psql"""

import os

from devkit import workspace
from devkit.commands.shell import existing_or_demo


def run(arguments: list[str]) -> int:
    here = workspace.prepare()
    named = arguments and not arguments[0].startswith("-")
    database = existing_or_demo(arguments[0] if named else None)
    command = ["psql", "-d", database.name, *arguments[1 if named else 0 :]]
    os.execvpe("psql", command, here.environment())
