from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import OrderCommon

# what a customer sees of ours
FOR_CUSTOMERS = {
    "sale.order": {
        "progress",
        "receipt_confirmed_on",
        "wanted_date",
        "special_requirements",
        "packing_requirements",
        "review_can_edit",  # whether he may change it himself
    },
    # a subcontractor's portal: the same mixin
    "mrp.production": {"review_can_edit"},
    "sale.order.line": {"specification", "visible_price_unit"},
    "product.template": {"specification"},
    "product.product": {"specification"},
}
OUTSIDE = ("base.group_portal", "base.group_public")


@tagged("post_install", "-at_install")
class TestPortalFields(OrderCommon):
    """[SEC-1] [ANA-2] what of ours a customer reads, K4."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = new_test_user(
            cls.env, "opc_customer", "base.group_portal", partner_id=cls.partner.id
        )
        cls.order = cls._submit()
        cls.order.sudo().message_subscribe(cls.partner.ids)

    @classmethod
    def _submit(cls, **values):
        order = cls._order(**values)
        order.action_review_submit()
        return order

    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger("odoo.orm.models"))

    def _outside_models(self):
        groups = self.env["res.groups"]
        for name in OUTSIDE:
            groups |= self.env.ref(name)
        groups |= groups.all_implied_ids
        rights = self.env["ir.model.access"].search([("perm_read", "=", True)])
        return {
            right.model_id.model
            for right in rights
            if not right.group_id or right.group_id in groups
        }

    def _ours(self, model):
        return {
            name: field
            for name, field in self.env[model]._fields.items()
            if field._modules and field._modules[0] == "order_process_cn"
        }

    def test_every_field_is_declared(self):
        for model in self._outside_models() & set(self.env.registry):
            if self.env[model]._transient:
                continue
            open_fields = {
                name for name, field in self._ours(model).items() if not field.groups
            }
            with self.subTest(model):
                self.assertLessEqual(open_fields, FOR_CUSTOMERS.get(model, set()))

    def test_reading_and_guessing(self):
        records = (self.order, self.order.order_line, self.partner, self.company)
        for record in records:
            allowed = FOR_CUSTOMERS.get(record._name, set())
            closed = [name for name in self._ours(record._name) if name not in allowed]
            self.assertTrue(closed)
            for name in closed:
                with self.subTest(f"{record._name} {name}"):
                    self._assert_closed(record, name)

    def _assert_closed(self, record, name):
        model = record.browse()
        roads = [
            (record, "read", [[name]]),
            (record, "web_read", [{name: {}}]),
        ]
        # of a required field this domain is always true: nothing to guess
        if record._fields[name].store and not record._fields[name].required:
            roads.append((model, "search", [[(name, "!=", False)]]))
        for records, method, args in roads:
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._rpc(self.customer, records, method, *args)

    def test_core_is_read_as_before(self):
        """What core gives a customer to read still comes, and what is declared."""
        for record in (self.order, self.order.order_line):
            fields = self._rpc(self.customer, record, "fields_get")
            self.assertNotIn("review_panel", fields)
            for name in fields:
                field = record._fields[name]
                if field.relational or field.related:
                    continue  # may lead to what is closed in core, too
                with self.subTest(name):
                    record.invalidate_recordset()
                    self._rpc(self.customer, record, "read", [name])
