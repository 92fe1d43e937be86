from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.procedures.my_day import get_items, may_open
from ..common import OrderCommon

ROLES = {
    "seller": "sales_team.group_sale_salesman",
    "planner": "order_process_cn.order_group_release",
    "workshop": "mrp.group_mrp_user",
    "buyer": "purchase.group_purchase_user",
    "keeper": "stock.group_stock_user",
    "finance": "order_process_cn.order_group_finance",
    "inspector": "order_process_cn.order_group_inspector",
    "clerk": "order_process_cn.order_group_registrar",
    "leader": "sales_team.group_sale_manager",
    "director": "order_process_cn.order_group_auditor",
    "colleague": "base.group_user",
}
# what is work of each, beside what is everybody's
WORK = {
    "seller": {"drafts", "held", "in_work"},
    "planner": {"issue"},
    # who makes goods moves them too
    "workshop": {"make_late", "ship", "ship_late"},
    "buyer": {"buy", "buy_late"},
    "keeper": {"ship", "ship_late"},
    "finance": {"deposits", "releases"},
    "inspector": {"inspect"},
    "clerk": {"register"},
    "leader": {"drafts", "held", "in_work", "late_all"},
    "director": {"late_all"},
    "colleague": set(),
}


@tagged("post_install", "-at_install")
class TestMyDay(OrderCommon):
    """[P25] one page for each role: what waits, what runs late, what was handed on."""

    def _lines(self, user):
        action = self._rpc(user, self.env["order.day.line"], "action_begin")
        lines = self.env["order.day.line"].with_user(user)
        return lines.search(action["domain"]), lines.search([])

    def test_each_role(self):
        """Each role has its lists and no others, the number is that of the list which
        a press opens, and every list can be opened by whoever is shown it."""
        shared = {key for key, item in get_items(self.env).items() if not item.group}
        users = self._new_users(
            {f"day_{role}": groups for role, groups in ROLES.items()}
        )
        for role in ROLES:
            user = users[f"day_{role}"]
            env = self.env(user=user)
            self.assertTrue(env["order.day.line"].has_access("read"))
            _shown, lines = self._lines(user)
            with self.subTest(role):
                keys = set(lines.mapped("key"))
                self.assertEqual(keys - shared, WORK[role])
                for line in lines:
                    action = line.action_open()
                    records = env[action["res_model"]].search_count(action["domain"])
                    self.assertEqual(line.count, records)
                    self.assertTrue(line.label)
                    views = action["views"][0]
                    env[action["res_model"]].get_view(*views)
        for item in get_items(self.env).values():
            self.assertTrue(may_open(self.env, item) or item.group)

    def test_it_follows_the_work(self):
        """A draft waits for the salesperson, then it is handed on; what has nothing in
        it is left out, and the second time nothing stands twice."""
        self.env["sale.order"].search([]).user_id = False
        shown, _lines = self._lines(self.salesman)
        self.assertNotIn("drafts", shown.mapped("key"))
        order = self._order(user_id=self.salesman.id)
        shown, lines = self._lines(self.salesman)
        drafts = shown.filtered(lambda line: line.key == "drafts")
        self.assertEqual((drafts.count, drafts.section), (1, "waits"))
        domain = drafts.action_open()["domain"]
        self.assertEqual(self.env["sale.order"].search(domain), order)
        order.with_user(self.salesman).action_review_submit()
        again, all_lines = self._lines(self.salesman)
        self.assertEqual(len(all_lines), len(lines))
        self.assertNotIn("drafts", again.mapped("key"))
        handed = again.filtered(lambda line: line.key == "submitted")
        self.assertEqual(handed.section, "handed")
        with self.assertRaises(AccessError):
            handed.with_user(self.gm).action_open()
        # the table says what is counted, whatever a client writes
        handed.key = "no such list"
        self.assertEqual((handed.count, handed.label), (0, ""))
        with self.assertRaisesRegex(UserError, "once more"):
            handed.action_open()
