"""What pyproject.toml cannot say: the version stands in Odoo's manifest."""

import ast
import shutil
from pathlib import Path

from setuptools import setup

HERE = Path(__file__).resolve().parent
MANIFEST = HERE / "order_process_cn" / "__manifest__.py"

# setuptools packs whatever an earlier build left here, deleted files included
shutil.rmtree(HERE / "build", ignore_errors=True)

setup(version=ast.literal_eval(MANIFEST.read_text(encoding="utf-8"))["version"])
