from odoo.exceptions import AccessError
from odoo.orm.models import MAGIC_COLUMNS
from odoo.tests import tagged

from ..common import OrderCommon

# {model: {field: why anybody who may write the record may write it}}
OPEN = {
    "account.move.line": {"order_forfeiture_id": "invoices are made by accounting"},
    "ir.attachment": {"shows_prices": "who may write a priced paper sees prices"},
    "mail.activity": {"order_todo_key": "whoever plants one has made a to-do"},
    "mail.message": {"shows_prices": "who may write a priced message sees prices"},
    "res.company": {
        "order_sample_partner_id": "for administrators of the process only",
        "order_sample_product_id": "for administrators of the process only",
    },
}
# {model: {field: what keeps a client from making a record with it}}
HANDED_ON = {
    "stock.move": {
        "delivery_part_id": "core copies it to what it splits off",
        "is_given_back": "core copies it to what it splits off",
        "service_case_line_id": "what does not return its goods is refused",
        "service_case_sent_id": "what does not take its goods back is refused",
        "till_order_id": "core copies it to what it splits off",
    },
}


@tagged("post_install", "-at_install")
class TestKeptFields(OrderCommon):
    """[SEC-2] K1: what the engine keeps on records of Odoo is entered by nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._user(
            "colleague",
            "sales_team.group_sale_manager,stock.group_stock_manager,"
            "mrp.group_mrp_manager,purchase.group_purchase_manager,"
            "account.group_account_manager,order_process_cn.order_group_manager",
        )

    def _find_kept(self):
        """Yield ``(model, field)`` of what nobody enters on a screen."""
        for name, model in self.env.registry.items():
            if name.startswith("order.") or not model._auto or model._transient:
                continue
            for field in model._fields.values():
                if (
                    field._module == "order_process_cn"
                    and field.store
                    and field.readonly
                    and not (field.compute or field.related)
                    and field.type not in {"one2many", "many2many"}
                ):
                    yield self.env[name].with_user(self.colleague), field.name

    def test_nobody_writes_them(self):
        found = list(self._find_kept())
        self.assertGreater(len(found), 20)
        for model, name in found:
            if name in OPEN.get(model._name, ()):
                continue
            with self.subTest(f"{model._name}.{name}"):
                with self.assertRaises(AccessError):
                    model.write({name: False})
                if name not in HANDED_ON.get(model._name, ()):
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        model.create([{name: 1}])

    def test_no_copy_carries_what_was_decided(self):
        """K1: the copy of a finished document is a new one: neither its state nor who
        did something, and when, goes along."""
        kinds = ("order.document.mixin", "order.entry.mixin")
        carried = []
        for name in sorted(self.env.registry.descendants(kinds, "_inherit")):
            model = self.env[name]
            if model._abstract:
                continue
            carried += [
                f"{name}.{field.name}"
                for field in model._fields.values()
                if field.copy
                and field.name not in MAGIC_COLUMNS
                and field.store
                and field.readonly
                and (
                    field.name == "state"
                    or field.type in {"datetime", "json"}
                    or field.comodel_name == "res.users"
                )
            ]
        # whom it is about, or for, is what it is
        self.assertEqual(carried, ["order.receipt.notice.user_id"])
