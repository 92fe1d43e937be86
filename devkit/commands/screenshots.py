"""take the pictures of docs/images from the demo data, all or those named

Each screen of devkit/screens/album.py is opened in Chromium by whoever works with it.
Pictures that are only looked at go to .dev/screenshots.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from devkit import databases, paths, system, workspace
from devkit.arguments import parser
from devkit.console import say, step
from devkit.screens.album import SCREENS
from devkit.server import OdooServer

IMAGES = paths.ROOT / "docs" / "images"


def run(arguments: list[str]) -> int:
    options = parser(__doc__, "screenshots")
    options.add_argument("names", nargs="*", metavar="NAME", help="default: all")
    names = options.parse_args(arguments).names
    if unknown := set(names) - {screen.name for screen in SCREENS}:
        say(f"  no such screen: {', '.join(sorted(unknown))}")
        return 2
    here = workspace.prepare()
    env = here.environment() | {"ORDER_CHROMIUM": system.browser() or ""}
    with (
        databases.clone("demo", "screenshots") as database,
        tempfile.TemporaryDirectory(dir=paths.DEV) as folder,
        OdooServer(database) as server,
    ):
        words = server.url, database.name, folder, *names
        camera = here.command("devkit.screens.camera", *words)
        with step("taking pictures"):
            status = subprocess.run(camera, env=env).returncode
        _keep(Path(folder), IMAGES)
        _keep(Path(folder) / "private", paths.SCREENSHOTS)
    return status


def _keep(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for file in source.glob("*.png"):
        shutil.move(file, target / file.name)
