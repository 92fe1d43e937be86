import ast
import csv
import re
from pathlib import Path

from lxml import etree

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path

from ..models.prices.res_users import PRICE_GROUP

ADDON = Path(file_path("order_process_cn/__manifest__.py")).parent
# written by the engine only: reviews, what was signed, said, issued and measured
LOCKED = {
    "order.review",
    "order.review.task",
    "order.review.signature",
    "order.review.anchor",
    "order.event",
    "order.statement",
    "order.form.issue",
    "order.issue.batch",
    "order.issue.line",
    "order.recheck",
    "order.suspension",
    "order.edit.reason",
    "order.work.report",
    "order.drawing.handover",
}
PRICES = {
    "sale.order": {"amount_total", "amount_untaxed", "amount_tax", "tax_totals"},
    "sale.order.line": {"price_unit", "discount", "price_subtotal", "price_total"},
    "product.template": {"list_price"},
    "product.product": {"lst_price"},
}


@tagged("post_install", "-at_install")
class TestHouseRules(TransactionCase):
    """[SEC-1] [SEC-2] rules that hold for the whole addon, read from its source."""

    def test_files_stay_short(self):
        long_files = {
            str(path.relative_to(ADDON)): lines
            for path in ADDON.rglob("*.py")
            if "tests" not in path.parts
            and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
        }
        self.assertEqual(long_files, {})

    def test_stages_call_no_super_of_core(self):
        """Only the conductors override core methods of the sales order."""
        offenders = []
        for path in (ADDON / "models").glob("*/sale_order_*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.FunctionDef):
                    continue
                calls = {
                    ast.unparse(call)
                    for call in ast.walk(node)
                    if isinstance(call, ast.Call)
                }
                name = node.name
                core = getattr(self.env.registry["sale.order"], name, None)
                if any(call.startswith("super().write") for call in calls) or (
                    core and "super()" in ast.unparse(node) and name in CORE_METHODS
                ):
                    offenders.append(f"{path.name}: {name}")
        self.assertEqual(offenders, [])

    def test_nobody_writes_what_the_engine_writes(self):
        with (ADDON / "security/ir.model.access.csv").open(encoding="utf-8") as handle:
            rows = list(csv.DictReader(handle))
        open_doors = [
            row["id"]
            for row in rows
            if row["model_id:id"].removeprefix("model_").replace("_", ".") in LOCKED
            and "1" in (row["perm_write"], row["perm_create"], row["perm_unlink"])
        ]
        self.assertEqual(open_doors, [])
        self.assertFalse([row["id"] for row in rows if not row["group_id:id"]])

    def test_models_with_a_company_have_its_rule(self):
        rules = self.env["ir.rule"].search([("groups", "=", False)])
        guarded = set(rules.model_id.mapped("model"))
        missing = {
            model._name
            for model in self.env.values()
            if model._name.startswith("order.")
            and not model._abstract
            and not model._transient
            and "company_id" in model._fields
            and model._fields["company_id"].store
            and model._name not in guarded
        }
        self.assertEqual(missing, set())

    def test_odoo_runs_every_test(self):
        """Odoo's own runner knows only what is imported."""
        listed = (ADDON / "tests" / "__init__.py").read_text(encoding="utf-8")
        names = [path.stem for path in (ADDON / "tests").rglob("test_*.py")]
        self.assertGreater(len(names), 50)
        self.assertEqual([n for n in names if not re.search(rf"\b{n}\b", listed)], [])

    def test_data_call_what_exists(self):
        """Demo data are loaded by nobody but a demonstration."""
        called = {
            (node.get("model"), node.get("name"))
            for file in ADDON.glob("d*/*.xml")
            for node in etree.parse(file).iter("function")
        }
        self.assertTrue(called)
        for model, method in called:
            with self.subTest(f"{model}.{method}"):
                self.assertTrue(callable(getattr(self.env[model], method, None)))

    def test_prices_are_closed(self):
        for model, names in PRICES.items():
            for name in names:
                field = self.env[model]._fields[name]
                self.assertEqual(field.groups, PRICE_GROUP, f"{model}.{name}")

    def test_no_number_is_spelled_in_powers_of_ten(self):
        """[FRM-1] ``%g`` writes a million as 1e+06, see ``res.lang._spell_number``."""
        offenders = [
            f"{path.relative_to(ADDON)}:{number}"
            for pattern in ("*.py", "*.xml")
            for path in ADDON.rglob(pattern)
            if "tests" not in path.parts
            for number, line in enumerate(
                path.read_text(encoding="utf-8").splitlines(), start=1
            )
            if re.search(r"%\.?\d*g\b|\{[^{}]*:[,.\d]*g\}", line)
        ]
        self.assertEqual(offenders, [])

    def test_no_context_key_opens_a_gate(self):
        words = ("skip", "force", "bypass", "ignore", "no_check")
        offenders = []
        for path in ADDON.rglob("*.py"):
            if "tests" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and ast.unparse(node.func).endswith("context.get")
                    and any(word in ast.unparse(node.args[0]) for word in words)
                ):
                    offenders.append(f"{path.name}:{node.lineno}")
        self.assertEqual(offenders, [])


CORE_METHODS = {
    "write",
    "create",
    "unlink",
    "copy",
    "action_confirm",
    "action_cancel",
    "_action_confirm",
    "_action_cancel",
    "_prepare_invoice",
    "message_post",
}
