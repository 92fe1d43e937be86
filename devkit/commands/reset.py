"""drop the databases of this clone; with --all remove the whole folder .dev

Downloads in the user's cache folder stay: other clones use them too.
"""

from pathlib import Path

from devkit import cluster, files, paths, postgres, storage, workspace
from devkit.arguments import parser
from devkit.console import say


def run(arguments: list[str]) -> int:
    options = parser(__doc__, "reset")
    options.add_argument("--all", action="store_true", help="remove .dev altogether")
    everything = options.parse_args(arguments).all
    if not paths.DEV.exists():
        say("  nothing to do: there is no .dev")
        return 0
    if workspace.STATE.exists():
        _drop_databases(everything)
    if everything:
        if postgres.stop():
            say("  stopped PostgreSQL")
        cluster.delete()
        files.remove(paths.DEV)
        say(f"  removed {paths.DEV}")
    return 0


def _drop_databases(everything: bool) -> None:
    """On the server used last; a cluster that is to be removed need not run."""
    here = workspace.current()
    if not here.server.prefix:
        if everything:
            return
        postgres.own(Path(here.python))
    names = storage.names()
    for name in names:
        storage.drop(name)
        say(f"  dropped {name}")
    if not names:
        say("  there were no databases")
