from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import OrderCommon
from .common import ClosedFields

# from which records of his one gets to others
RELATIONS = {
    "sale.order": ("sale.order.line", "order_id"),
    "sale.order.line": ("sale.order", "order_line"),
    "res.partner": ("sale.order", "partner_id"),
    "res.company": ("sale.order", "company_id"),
    "product.product": ("sale.order.line", "product_id"),
}


@tagged("post_install", "-at_install")
class TestPortalRoads(ClosedFields, OrderCommon):
    """[SEC-1] [ANA-2] no road leads a customer or a visitor to a field of ours that is
    not his, stored or computed, K4."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = new_test_user(
            cls.env, "opc_customer", "base.group_portal", partner_id=cls.partner.id
        )
        cls.visitor = cls.env.ref("base.public_user")
        cls.order = cls._order()
        cls.order.action_review_submit()
        cls.order.sudo().message_subscribe(cls.partner.ids)

    def setUp(self):
        super().setUp()
        self.enterContext(
            mute_logger("odoo.orm.models", "odoo.addons.base.models.ir_model")
        )

    def _closed_fields(self, user):
        """Yield ``(model, field)`` for all of ours that this user may not see."""
        for name in sorted(self._outside_models() & set(self.env.registry)):
            if self.env[name]._transient or self.env[name]._abstract:
                continue
            for field in self._ours(name).values():
                if field.groups and not user.has_groups(field.groups):
                    yield self.env[name], field

    def _sees_any(self, user, model):
        """Whether an answer about all records could tell anything."""
        seen = model.with_user(user)
        return seen.has_access("read") and bool(seen.search_count([], limit=1))

    def test_searching_and_grouping(self):
        walked, leaks = set(), []
        for user in (self.customer, self.visitor):
            for model, field in self._closed_fields(user):
                if not self._sees_any(user, model):
                    continue
                walked.add(model._name)
                for road in self._roads(field):
                    if not self._is_refused(user, model, *road):
                        leaks.append(f"{user.login} {field} {road}")
        self.assertFalse(leaks)
        self.assertGreaterEqual(walked, {"sale.order", "sale.order.line"})
        self.assertGreaterEqual(walked, {"res.partner", "res.company"})

    def test_the_roads_lead_somewhere(self):
        """The same calls answer where a field is the customer's."""
        field = self.order._fields["wanted_date"]
        lines, relation = RELATIONS["sale.order"]
        self.customer.group_ids += self.env.ref("base.group_allow_export")
        for start, roads in (
            (self.env["sale.order"], self._roads(field)),
            (self.env[lines], self._roads(field, f"{relation}.")),
            (self.order, self._record_roads(field)),
        ):
            for road in roads:
                refused = self._is_refused(self.customer, start, *road)
                self.assertFalse(refused, road)

    def test_through_a_relation(self):
        leaks = []
        for model, field in self._closed_fields(self.customer):
            if model._name not in RELATIONS:
                continue
            start, relation = RELATIONS[model._name]
            for road in self._roads(field, f"{relation}."):
                if not self._is_refused(self.customer, self.env[start], *road):
                    leaks.append(f"{field} {road}")
        self.assertFalse(leaks)

    def test_reading_and_exporting(self):
        records = {
            record._name: record
            for record in (
                self.order,
                self.order.order_line,
                self.partner,
                self.company,
            )
        }
        leaks = []
        for model, field in self._closed_fields(self.customer):
            if model._name not in records:
                continue
            for road in self._record_roads(field):
                own = records[model._name]
                if not self._is_refused(self.customer, own, *road):
                    leaks.append(f"{field} {road}")
        self.assertFalse(leaks)

    def test_no_field_lets_a_filter_pass(self):
        """Core follows a related field as superuser without asking for its groups."""
        outside = self._outside_models()
        for name in self.env.registry:
            for field in self._ours(name).values():
                own = {None, "base.group_user"}
                if self.env[name]._transient or (
                    name not in outside and field.groups in own
                ):
                    continue  # whoever reads the model is in the group
                if field.groups and not field.store and not field.inherited:
                    with self.subTest(str(field)):
                        self.assertFalse(field.related and field.compute_sudo)
