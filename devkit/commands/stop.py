"""stop the PostgreSQL server of this clone"""

from devkit import postgres
from devkit.arguments import parser
from devkit.console import say


def run(arguments: list[str]) -> int:
    parser(__doc__, "stop").parse_args(arguments)
    say("  stopped PostgreSQL" if postgres.stop() else "  PostgreSQL was not running")
    return 0
