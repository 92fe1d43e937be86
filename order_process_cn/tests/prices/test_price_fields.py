from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import OrderCommon

CLOSING = ("order_group_sale_prices", "order_group_inside_prices")
SECRETS = ("6171.71", "7181.81", "13353.52")


@tagged("post_install", "-at_install")
class TestPriceFields(OrderCommon):
    """[SEC-1] what a price is made of, and what is made of it, K12."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "product.group_product_manager"
        cls.closed = (
            cls._user("keeper", f"stock.group_stock_manager,{groups}"),
            cls._user("worker", f"mrp.group_mrp_user,{groups}"),
        )
        cls.size = cls.env["product.attribute"].create(
            {
                "name": "Size",
                "value_ids": [
                    Command.create({"name": "S"}),
                    Command.create({"name": "L", "default_extra_price": 6171.71}),
                ],
            }
        )
        cls.template = cls.env["product.template"].create(
            {"name": "Coat", "list_price": 7181.81}
        )
        cls._give_sizes(cls.template)
        cls.combo = cls.env["product.combo"].create(
            {
                "name": "Set",
                "combo_item_ids": [
                    Command.create(
                        {
                            "product_id": cls.template.product_variant_ids[-1].id,
                            "extra_price": 6171.71,
                        }
                    )
                ],
            }
        )

    @classmethod
    def _give_sizes(cls, template):
        line = {
            "attribute_id": cls.size.id,
            "value_ids": [Command.set(cls.size.value_ids.ids)],
        }
        template.write({"attribute_line_ids": [Command.create(line)]})

    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger("odoo.orm.models"))

    def test_what_a_price_is_made_of(self):
        """Extra prices of variants and of choices of a set."""
        sets = self.combo, self.combo.combo_item_ids
        values = self.template.attribute_line_ids.product_template_value_ids
        told_to_sales = 0
        for records in (self.size.value_ids, values, *sets):
            for name in records._fields:
                for user in self.closed:
                    with self.subTest(f"{user.login} {records._name} {name}"):
                        self.assertFalse(self._tells(user, records, name))
                told_to_sales += self._tells(self.supervisor, records, name)
        self.assertEqual(told_to_sales, 5)

    def _tells(self, user, records, name):
        try:
            told = str(self._rpc(user, records, "read", [name]))
        except AccessError:
            return False
        return any(secret in told for secret in SECRETS)

    def test_what_is_made_of_a_price(self):
        """A field that repeats a closed one is closed itself."""
        open_fields = []
        for user in self.closed:
            for model in self.env.values():
                if model._abstract or not model.with_user(user).has_access("read"):
                    continue
                open_fields += [
                    str(field)
                    for field in model._fields.values()
                    if field.related
                    and self._is_closed(self._end(field))
                    and not self._is_closed(field)
                    and model.with_user(user)._has_field_access(field, "read")
                ]
        self.assertFalse(open_fields)

    def _end(self, field):
        model = self.env[field.model_name]
        *path, name = field.related.split(".")
        for step in path:
            model = model[step]
        return model._fields[name]

    def _is_closed(self, field):
        return any(name in (field.groups or "") for name in CLOSING)

    def test_keeping_variants(self):
        """Whoever keeps products gives them variants, at their prices."""
        for number, user in enumerate(self.closed):
            with self.subTest(user.login):
                template = self.env["product.template"].create({"name": f"Hat{number}"})
                self._give_sizes(template.with_user(user).with_context({}))
                values = template.attribute_line_ids.product_template_value_ids
                extra = values.mapped("price_extra")
                self.assertEqual(max(extra), 6171.71)
                self.assertEqual(len(template.product_variant_ids), len(extra))
                copy = template.with_user(user).copy()
                copied = copy.sudo().attribute_line_ids.product_template_value_ids
                self.assertEqual(copied.mapped("price_extra"), extra)
                with self.assertRaises(AccessError):
                    template.with_user(user).copy({"list_price": 1})
                [value] = self.size.with_user(user).value_ids.filtered(
                    lambda value: value.name == "S"
                )
                value.name = "Small"
                value.name = "S"
                with Form(self.size.with_user(user)) as form, form.value_ids.new() as x:
                    x.name = f"XL{number}"
