from lxml import etree

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.view_validation import get_expression_field_names

FACE = "o_view_nocontent_smiling_face"


@tagged("post_install", "-at_install")
class TestHouseScreens(TransactionCase):
    """Rules that hold for every screen of the addon, read from the database (K11)."""

    maxDiff = None

    def _records(self, model):
        found = self.env["ir.model.data"].search(
            [("module", "=", "order_process_cn"), ("model", "=", model)]
        )
        return self.env[model].browse(found.mapped("res_id")).exists()

    def test_an_empty_list_says_what_belongs_there(self):
        """Every action that can show an empty list has words for it."""
        lists = self._records("ir.actions.act_window").filtered(
            lambda action: action.target != "new" and action.view_mode != "form"
        )
        self.assertGreater(len(lists), 20)
        silent = lists.filtered(lambda action: FACE not in (action.help or ""))
        self.assertEqual(silent.mapped("xml_id"), [])

    def test_a_day_to_come_is_a_date(self):
        """[K11] In December the widget calls any day of January “next year”: it is for
        what has begun, not for what is due."""
        vague = set()
        for view in self._records("ir.ui.view"):
            arch = etree.fromstring(view.arch_db.encode())
            fields = arch.xpath("//field[@widget='remaining_days']/@name")
            vague |= {(view.xml_id, name) for name in fields if name != "opened_at"}
        self.assertEqual(vague, set())

    def test_one_bar_of_states(self):
        """Two of them, one above the other, say nobody where a document stands."""
        models = {view.model for view in self._records("ir.ui.view")}
        self.assertLess({"sale.order", "mrp.production", "order.forfeiture"}, models)
        double = []
        for model in sorted(models & set(self.env.registry)):
            forms = self._records("ir.ui.view").filtered(
                lambda view, model=model: view.model == model and view.type == "form"
            )
            for form in {view.inherit_id or view for view in forms}:
                while form.inherit_id:
                    form = form.inherit_id
                arch = self.env[model].get_view(form.id, "form")["arch"]
                bars = etree.fromstring(arch).xpath(
                    "//field[@widget='statusbar' or @widget='statusbar_duration']"
                    "[not(ancestor::field)]"
                )
                shown = [bar for bar in bars if bar.get("invisible") != "1"]
                if len({bar.get("name") for bar in shown}) > 1:
                    double.append(f"{model}: {form.xml_id}")
        self.assertEqual(double, [])

    def test_what_may_be_chosen_is_known(self):
        """[K11] What may be chosen often depends on the company: that stands on every
        screen on which one chooses, also of people with one company. Odoo adds it by
        itself only to fields that are open everywhere."""
        user = new_test_user(
            self.env,
            "house_screens",
            "order_process_cn.order_group_manager,sales_team.group_sale_manager,"
            "stock.group_stock_manager,mrp.group_mrp_manager,"
            "purchase.group_purchase_manager,account.group_account_manager",
        )
        views = self._records("ir.ui.view").filtered(
            lambda view: view.type in {"form", "list"} and not view.inherit_id
        )
        unknown = []
        for view in views.filtered(lambda view: view.model in self.env):
            model = self.env[view.model].with_user(user)
            if model.has_access("read"):
                arch = etree.fromstring(model.get_view(view.id, view.type)["arch"])
                unknown += [f"{view.xml_id}: {x}" for x in self._unknown(model, arch)]
        self.assertEqual(unknown, [])

    def _unknown(self, model, arch):
        """Yield what the domain of a field asks for and its screen does not have.

        :param arch: a form or a list, on its own or in a field of another
        """
        if arch.tag == "list" and not (arch.get("editable") or arch.get("multi_edit")):
            return
        depth = len([*arch.iterancestors("field")])
        nodes = arch.xpath(".//field[count(ancestor::field) = $depth]", depth=depth)
        known = {node.get("name") for node in nodes} | {"id"}
        for node in nodes:
            field = model._fields[node.get("name")]
            if not field.relational:
                continue
            if (node.get("readonly") or str(field.readonly)) not in {"1", "True"}:
                told = model.fields_get([field.name], ["domain"])[field.name]
                domain = node.get("domain") or told.get("domain") or ""
                asked = get_expression_field_names(str(domain)) - known
                for name in sorted(n for n in asked if not n.startswith("parent.")):
                    yield f"{field.name} asks for {name}"
            for inner in node.xpath("./form | ./list"):
                comodel = self.env[field.comodel_name].with_env(model.env)
                yield from self._unknown(comodel, inner)

    def test_what_a_list_switches_its_form_switches(self):
        """A form that says “Switched Off” is where one looks for the switch."""
        models = {
            view.model
            for view in self._records("ir.ui.view")
            if view.type == "list" and self._switches(view.arch)
        }
        self.assertIn("order.review.route", models)
        forms = {
            model: self.env[model].get_view(view_type="form")["arch"]
            for model in models
            if self.env["ir.ui.view"].search_count(
                [("model", "=", model), ("type", "=", "form")], limit=1
            )
        }
        without = {model for model, arch in forms.items() if not self._switches(arch)}
        self.assertEqual(without, set())

    def _switches(self, arch):
        # inherited pieces have the same nodes
        return bool(
            etree.fromstring(arch).xpath(
                "//field[@name='active'][@widget='boolean_toggle']"
            )
        )
