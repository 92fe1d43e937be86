"""let ruff repair and format the Python code"""

from devkit import style, workspace
from devkit.arguments import parser


def run(arguments: list[str]) -> int:
    parser(__doc__, "format").parse_args(arguments)
    workspace.prepare()
    return style.reformat()
