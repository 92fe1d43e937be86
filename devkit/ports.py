"""Free TCP ports: one remembered for the demo server, any for tests."""

import json
import socket

from devkit import paths
from devkit.console import Failure, say

STATE = paths.DEV / "ports.json"
FIRST, COUNT = 8100, 800


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        # a server that stopped a moment ago does not keep the port from us
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def any_free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def remembered(host: str) -> int:
    """The demo server's port: chosen once per clone, anew if something else took it."""
    port = json.loads(STATE.read_text())["http"] if STATE.exists() else 0
    if port and is_free(port, host):
        return port
    chosen = _choose(host)
    if port:
        say(f"  note: port {port} is taken by another program, using {chosen}")
    STATE.write_text(json.dumps({"http": chosen}))
    return chosen


def _choose(host: str) -> int:
    # clones begin at different numbers, so that each keeps its own
    begin = int(paths.clone_id(), 16) % COUNT
    for offset in range(COUNT):
        port = FIRST + (begin + offset) % COUNT
        if is_free(port, host):
            return port
    raise Failure(f"no free port between {FIRST} and {FIRST + COUNT}")
