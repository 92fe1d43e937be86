from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..shipping.shipping_common import ShippingCommon

# what is asked of each state: what may leave after ten became six, and how it stands
FEWER = {
    "draft": (6, "draft"),
    "refused": (6, "refused"),
    "requested": (6, "requested"),
    "released": (6, "released"),
    "in part": (6, "released"),
    "shipped": (8, "shipped"),
}
# … after nothing more was wanted
NONE = {
    "draft": (0, "cancel"),
    "refused": (0, "cancel"),
    "requested": (0, "cancel"),
    "released": (0, "cancel"),
    "in part": (4, "shipped"),
    "shipped": (8, "shipped"),
}
ELSEWHERE = {
    "draft": (10, "draft"),
    "refused": (10, "refused"),
    "requested": (10, "requested"),
    # let go for another address
    "released": (10, "requested"),
    "in part": (4, "shipped"),
    "shipped": (8, "shipped"),
}
STANDING = {
    state: (8 if state == "shipped" else 10, FEWER[state][1]) for state in FEWER
}


class ReleasesFollow(ShippingCommon):
    """Orders of ten pieces and what is asked for and let go of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason = cls.env.ref("order_process_cn.order_change_reason_quantity")
        cls.site = cls.env["res.partner"].create(
            {"name": "Site", "parent_id": cls.partner.id, "type": "other"}
        )

    def _release_in(self, state):
        """Return what is asked for of an order of ten pieces, in ``state``."""
        order = self._shipping_order(10, commitment_date="2030-05-20 08:00:00")
        if state == "draft":
            self._run_worker()
            return order.shipping_release_ids
        release = self._request(order, 8 if state == "shipped" else 10)
        if state == "refused":
            release.with_user(self.finance).action_refuse()
        elif state != "requested":
            release.with_user(self.finance).action_release()
        if state in {"in part", "shipped"}:
            self._ship(order, 4 if state == "in part" else 8)
            self._run_worker()
        return release

    def _enter(self, order, line=None, **header):
        """Return a change of ``order`` as its salesperson enters it."""
        changes = self.env["order.change.request"].with_user(self.salesman)
        change = changes.browse(changes.action_open(order.id)["res_id"])
        if line:
            header["line_ids"] = [Command.update(change.line_ids[:1].id, line)]
        change.write({"reason_id": self.reason.id, **header})
        return change

    def _change(self, order, line=None, **header):
        """Apply a change of ``order``, of which nobody has to sign anything."""
        change = self._enter(order, line, **header)
        planned = [(e.act, e.res_id) for e in self._rows(change)]
        change.action_request()
        self._end_of_transaction()
        self.assertEqual(change.state, "applied", change.obstacles)
        rows = self._rows(change)
        # what was said before it was signed is what has become of it
        self.assertEqual([(e.act, e.res_id) for e in rows], planned)
        return change

    def _rows(self, change):
        return change.sudo().effect_ids.filtered(
            lambda e: e.res_model == "order.shipping.release"
        )


@tagged("post_install", "-at_install")
class TestChangeReleases(ReleasesFollow):
    """[CHG-5] [SHP-1] what is asked for and let go follows a change, whatever is
    changed and wherever it stands."""

    def test_each_fact_in_each_state(self):
        other = self.env["product.product"].create(
            {"name": "Other", "is_storable": True, "list_price": 5}
        )
        for state in STANDING:
            release = self._release_in(state)
            gone = release.order_id.order_line.qty_delivered
            exchange = {"product_id": other.id, "quantity": 3, "price_unit": 5}
            facts = {
                "more": ({"line": {"quantity": 12}}, STANDING),
                "fewer": ({"line": {"quantity": max(6, gone)}}, FEWER),
                "none": ({"line": {"quantity": gone}}, NONE),
                "another product": ({"line": exchange}, NONE),
                "address": ({"new_partner_shipping_id": self.site.id}, ELSEWHERE),
                "date": ({"new_commitment_date": "2030-05-27 08:00:00"}, STANDING),
                "price": ({"line": {"price_unit": 90}}, STANDING),
            }
            for fact, (values, expected) in facts.items():
                with self.subTest(f"{fact}: {state}"), self.cr.savepoint() as before:
                    self._check(release, fact, values, expected[state])
                    before.rollback()

    def _check(self, release, fact, values, expected):
        order, state = release.order_id, release.state
        ended = state == "shipped"
        release.planned_on = "2030-05-18"
        change = self._change(order, **values)
        rows = self._rows(change)
        self.assertEqual(set(rows.mapped("result")), {"done"} if rows else set())
        self.assertEqual(
            (sum(release.line_ids.mapped("product_qty")), release.state), expected
        )
        acts = rows.filtered("res_id").mapped("act")
        if fact == "date":
            self.assertEqual(acts, [] if ended else ["date"])
            day = "2030-05-18" if ended else "2030-05-25"
            self.assertEqual(str(release.planned_on), day)
        elif fact == "price":
            signed = state in {"requested", "released"}
            self.assertEqual(acts, ["money"] if signed else [])
        elif fact == "address":
            moves = not ended and release.state != "shipped"
            receiver = self.site if moves else self.partner
            self.assertEqual(release.partner_shipping_id, receiver)
        elif fact == "more":
            self.assertFalse(acts)
            self.assertEqual(rows.quantity_to, 2)
        # never more leaves than is ordered, nor than was let go
        taken = order.order_line._get_taken_for_shipping()
        for key, ordered in order.order_line._get_shippable().items():
            self.assertLessEqual(sum(taken[key].values()), ordered)

    def test_proposal_nobody_touched(self):
        """[CHG-5] it asks for what is ready; what somebody has entered stays."""
        other = self.env["product.product"].create(
            {"name": "Other", "is_storable": True, "list_price": 5}
        )
        self._bring_in(5, other)
        release = self._release_in("draft")
        order = release.order_id
        added = {"product_id": other.id, "quantity": 2, "price_unit": 5}
        changes = {"line_ids": [Command.create(added)]}
        self._change(order, line={"quantity": 12})
        self._change(order, **changes)
        order.picking_ids.action_assign()
        self._run_worker()
        self.assertEqual(order.shipping_release_ids, release)
        self.assertEqual(release.line_ids.mapped("quantity"), [12, 2])
        release.line_ids[0].with_user(self.salesman).quantity = 3
        self._change(order, line={"quantity": 13})
        order.picking_ids.action_assign()
        self._run_worker()
        self.assertEqual(release.line_ids.mapped("quantity"), [3, 2])
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, release, "write", {"is_proposal": True})
        release.with_user(self.salesman).action_request()
        self._run_worker()
        rest = order.shipping_release_ids - release
        self.assertEqual(rest.line_ids.mapped("quantity"), [10])

    def test_what_an_order_says_on_any_road(self):
        """[SHP-1] edited on the order itself, or cancelled: as by a change."""
        release = self._release_in("released")
        order = release.order_id
        line = order.order_line.with_user(self.salesman)
        line.product_uom_qty = 6
        self.assertEqual(release.line_ids.may_leave_qty, 6)
        self.assertEqual(release.line_ids.quantity, 10)
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, release.line_ids, "write", {"cut_qty": 0})
        elsewhere = {"partner_shipping_id": self.site.id}
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, release, "write", elsewhere)
        self.assertStays(lambda: self._ship(order, 7), "6")
        line.product_uom_qty = 9
        self.assertEqual(release.line_ids.may_leave_qty, 6, "what grew is let go anew")
        order.with_user(self.salesman).partner_shipping_id = self.site
        self.assertEqual(
            (release.state, release.released_by_id), ("requested", self.finance)
        )
        self.assertStays(lambda: self._ship(order, 6), "requests a shipping release")
        order.with_user(self.supervisor).action_cancel()
        self.assertEqual(release.state, "cancel")

    def test_goods_wait_for_the_change(self):
        """[SHP-1] what a change takes away does not leave before it is decided; another
        price keeps nothing here. Pressed in whatever sequence."""
        seats = [self._stage("Check", "sales")]
        self._make_route(seats, name="Changes", res_model="order.change.request")
        release = self._release_in("released")
        order, own = release.order_id, release.with_user(self.salesman)
        change = self._enter(order, line={"price_unit": 90})
        change.action_review_submit()
        self._ship(order, 2)
        change.action_cancel()
        change = self._enter(order, line={"quantity": 6})
        change.action_review_submit()
        self.assertTrue(order.has_change_under_way)
        self.assertStays(lambda: self._ship(order), change.display_name)
        with self.assertRaises(AccessError):
            edit = {"has_change_under_way": False}
            self._rpc(self.salesman, order, "write", edit)
        # given up, the goods are free
        change.action_cancel()
        self._ship(order, 1)
        change = self._enter(order, line={"quantity": 6})
        change.action_review_submit()
        self._sign(change, "sales")
        self.assertStays(lambda: self._ship(order), change.display_name)
        self._run_worker()
        self.assertEqual(change.state, "applied", change.obstacles)
        self.assertFalse(order.has_change_under_way)
        self.assertEqual(release.line_ids.may_leave_qty, 6)
        self.assertStays(lambda: self._ship(order, 4), "6")
        with self._refused("have left"):
            own.action_cancel()
        self._ship(order, 3)
        self._run_worker()
        self.assertEqual(release.state, "shipped")
        self.assertEqual(order.order_line.qty_delivered, 6)

    def test_two_lines_of_the_same(self):
        """[SHP-1] counted by product, never more than all lines say."""
        order = self._shipping_order(5, lines=2, commitment_date="2030-05-20")
        release = self._let_go(order)
        first, second = order.order_line
        move = order.picking_ids.move_ids.filtered(lambda m: m.sale_line_id == second)
        others = order.picking_ids.move_ids - move
        others.write({"quantity": 0, "picked": False})
        move.write({"quantity": 4, "picked": True})
        order.picking_ids.with_context(skip_backorder=True).button_validate()
        self.assertEqual((first.qty_delivered, second.qty_delivered), (0, 4))
        self._change(order, line={"quantity": 1})
        self.assertEqual(sum(release.line_ids.mapped("product_qty")), 6)


@tagged("post_install", "-at_install")
class TestChangeSignedReleases(ReleasesFollow):
    """[CHG-5] [SHP-1] what finance has signed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departments["finance"].member_ids = cls.finance
        cls.env.ref("order_process_cn.order_review_route_shipping").active = True

    def _ask(self, signs=True):
        order = self._shipping_order(10, commitment_date="2030-05-20 08:00:00")
        release = self._request(order)
        if signs:
            self._sign(release, self.finance)
            self.assertEqual(release.state, "released")
        return release

    def test_less_stays_signed(self):
        """Less leaves on the same signature; another address is signed for again."""
        release = self._ask()
        order = release.order_id
        self._change(order, line={"quantity": 6})
        self.assertEqual(
            (release.state, release.review_state), ("released", "approved")
        )
        self.assertFalse(release._find_review_gaps())
        self._ship(order, 2)
        self.assertStays(lambda: self._ship(order, 5), "6")
        release = self._ask()
        self._change(release.order_id, new_partner_shipping_id=self.site.id)
        self.assertEqual(
            (release.state, release.review_state), ("requested", "running")
        )
        self._sign(release, self.finance)
        self.assertEqual(release.state, "released")

    def test_what_is_being_signed(self):
        """Whoever has it before him signs what the order says now; nothing is left to
        sign of what is not wanted any more."""
        release = self._ask(signs=False)
        shown = self._digest(release)
        self._change(release.order_id, line={"quantity": 6})
        self.assertEqual(release.line_ids.quantity, 6)
        task = release.with_user(self.finance)._my_open_tasks()
        with self.assertRaises(UserError):
            task.action_sign("agree", shown)
        self._sign(release, self.finance)
        self.assertEqual(release.state, "released")
        release = self._ask(signs=False)
        self._change(release.order_id, line={"quantity": 0})
        self.assertEqual((release.state, release.review_state), ("cancel", "cancelled"))
        self.assertFalse(release.with_user(self.finance)._my_open_tasks())
