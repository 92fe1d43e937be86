from odoo.tests import tagged

from ..common import OrderCommon

# {model: why whoever sells reads those of all orders}
READ_BY_ALL = {
    "order.issue.line": "what was issued together stands in one list",
    "order.shipment.plan.line": "a plan is of the company: what is to leave, and when",
    "order.urgent.member": "who sees to what is urgent is known to everybody",
}
PATHS = ("order_id", "order_line_id.order_id")


@tagged("post_install", "-at_install")
class TestOthersOrders(OrderCommon):
    """[SEC-1] K4: whoever sees his own orders only sees of those of others neither
    papers, remarks nor money."""

    def test_what_hangs_on_orders_is_as_closed_as_they_are(self):
        rules = self.env["ir.rule"].with_user(self.salesman)
        open_to_all, tried = set(), 0
        for name, model in self.env.registry.items():
            field = model._fields.get("order_id")
            line = model._fields.get("order_line_id")
            hangs = (field and field.comodel_name == "sale.order") or (
                line and line.comodel_name == "sale.order.line"
            )
            if (
                not name.startswith("order.")
                or model._abstract
                or model._transient
                or not hangs
                or not self.env[name].with_user(self.salesman).has_access("read")
            ):
                continue
            tried += 1
            domain = str(rules._compute_domain(name, "read"))
            if "user_id" not in domain and "follower_id" not in domain:
                open_to_all.add(name)
        self.assertGreater(tried, 20)
        self.assertEqual(open_to_all, set(READ_BY_ALL))
