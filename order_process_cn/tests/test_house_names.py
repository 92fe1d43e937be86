import ast
import re
from collections import defaultdict
from pathlib import Path

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path

import odoo.addons

ADDON = Path(file_path("order_process_cn/__manifest__.py")).parent
METHOD = re.compile(r"^    def (\w+)\(", re.MULTILINE)


@tagged("post_install", "-at_install")
class TestHouseNames(TransactionCase):
    """[SEC-1] a method that we add to a model of Odoo's bears no name that another
    module of Odoo's gives to something else there: installed together, one would be
    called for the other."""

    def test_no_name_is_taken(self):
        added = self._find_added()
        self.assertGreater(len(added["sale.order"]), 50)
        taken = set()
        for path in self._list_files():
            source = path.read_text(encoding="utf-8")
            names = set(METHOD.findall(source))
            for model, methods in added.items():
                if names & methods and model in source:
                    found = self._list_methods(source, model) & methods
                    taken |= {(model, name) for name in found}
        self.assertEqual(taken, set())

    def _find_added(self):
        """Return ``{model of Odoo's: names of methods}`` that override nothing."""
        added = defaultdict(set)
        for path in ADDON.rglob("*.py"):
            if "tests" in path.parts:
                continue
            for models, functions in self._read(path.read_text(encoding="utf-8")):
                new = {f.name for f in functions if not self._overrides(f)}
                for model in models:
                    # what inherits an abstract one is a model of its own
                    if not model.startswith("order.") and not self.env[model]._abstract:
                        added[model] |= new
        return added

    def _overrides(self, function):
        """Whether it calls what it overrides."""
        source = ast.unparse(function)
        return "super(" in source and f".{function.name}" in source

    def _list_files(self):
        for root in odoo.addons.__path__:
            for path in Path(root).glob("*/models/*.py"):
                if ADDON not in path.parents and "test_" not in path.parts[-3]:
                    yield path

    def _list_methods(self, source, model):
        return {
            function.name
            for models, functions in self._read(source)
            if model in models
            for function in functions
        }

    def _read(self, source):
        """Yield the models and the methods of each class."""
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.ClassDef):
                continue
            models = {
                constant.value
                for part in node.body
                if isinstance(part, ast.Assign)
                and ast.unparse(part.targets[0]) in {"_name", "_inherit"}
                for constant in ast.walk(part.value)
                if isinstance(constant, ast.Constant)
            }
            yield models, [p for p in node.body if isinstance(p, ast.FunctionDef)]
