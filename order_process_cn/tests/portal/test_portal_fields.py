from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import OrderCommon
from .common import FOR_CUSTOMERS, ClosedFields


@tagged("post_install", "-at_install")
class TestPortalFields(ClosedFields, OrderCommon):
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

    def test_every_field_is_declared(self):
        for model in self._outside_models() & set(self.env.registry):
            if self.env[model]._transient:
                continue
            open_fields = {
                name for name, field in self._ours(model).items() if not field.groups
            }
            with self.subTest(model):
                self.assertLessEqual(open_fields, FOR_CUSTOMERS.get(model, set()))

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
