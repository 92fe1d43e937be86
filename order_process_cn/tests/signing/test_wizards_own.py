from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestWizardsOwn(OrderCommon):
    """[SEC-2] a question that is open belongs to whoever was asked."""

    def test_every_wizard_belongs_to_its_user(self):
        """K12: found in the registry, so a new wizard needs its rule as well."""
        ours = [
            model
            for name, model in self.env.registry.items()
            if model._transient and model._original_module == "order_process_cn"
        ]
        self.assertGreater(len(ours), 10)
        for model in ours:
            with self.subTest(model._name):
                rules = self.env["ir.rule"].search(
                    [
                        ("model_id.model", "=", model._name),
                        ("groups", "=", False),
                        ("perm_read", "=", True),
                        ("perm_write", "=", True),
                        ("perm_create", "=", True),
                        ("perm_unlink", "=", True),
                    ]
                )
                self.assertIn(
                    "[('create_uid', '=', user.id)]", rules.mapped("domain_force")
                )

    def test_every_wizard_asks_whether_one_may_read_what_one_names(self):
        """K4: what it shows is often read as superuser."""
        ours = {
            name
            for name, model in self.env.registry.items()
            if model._transient and model._original_module == "order_process_cn"
        }
        asking = self.env.registry.descendants(["order.question.mixin"], "_inherit")
        self.assertEqual(ours - set(asking), set())

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_no_wizard_tells_of_what_one_may_not_read(self):
        """K4: one number of a foreign document in a wizard, by whatever road."""
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        house = self.env["stock.warehouse"].search(
            [("company_id", "=", elsewhere.id)], limit=1
        )
        transfer = self.env["stock.picking"].create(
            {
                "picking_type_id": house.out_type_id.id,
                "location_id": house.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "partner_id": self.partner.id,
            }
        )
        order = self._order(user=self.supervisor).sudo()
        mover = self._user("mover", "stock.group_stock_user")
        for user, model, name, record in (
            (mover, "order.packing.wizard", "picking_id", transfer),
            (mover, "order.delivery.receipt.wizard", "picking_id", transfer),
            (self.salesman, "order.settlement.wizard", "order_id", order),
        ):
            wizard = self.env[model].with_user(user)
            fields = dict.fromkeys(wizard._fields, {})
            named = {name: record.id}
            for road, act in {
                "create": lambda w=wizard, v=named: w.create(dict(v)),
                "context": lambda w=wizard, n=name, r=record: w.with_context(
                    **{f"default_{n}": r.id}
                ).create({}),
                "typed": lambda w=wizard, v=named, n=name, f=fields: w.onchange(
                    dict(v), [n], f
                ),
                "opened": lambda w=wizard, n=name, r=record, f=fields: w.with_context(
                    **{f"default_{n}": r.id}
                ).onchange({}, [], f),
            }.items():
                with (
                    self.subTest(model, road=road),
                    self.assertRaises(AccessError),
                    self.cr.savepoint(),
                ):
                    act()

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_pending_decline_stays_one(self):
        order = self._submit()
        signer, thief = self.supervisor, self.signers["quality"]
        tasks = order.sudo().review_id.task_ids.filtered(lambda t: t.state == "open")
        wizard = (
            self.env["order.review.sign.wizard"]
            .with_user(signer)
            .create({"task_ids": tasks.ids, "decision": "decline", "opinion": "No"})
        )
        for method, args in (
            ("read", [["opinion"]]),
            ("write", [{"decision": "agree"}]),
            ("unlink", []),
            ("action_confirm", []),
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                self._rpc(thief, wizard, method, *args)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_wizard_shows_only_what_one_may_read(self):
        """K12: ``default_task_ids`` of somebody else's review show nothing of it."""
        order = self._submit()
        tasks = order.sudo().review_id.task_ids
        stranger = self._user("stranger", "base.group_user")
        context = {"default_task_ids": tasks.ids[:1]}
        wizard = self.env["order.review.sign.wizard"].with_user(stranger)
        specification = dict.fromkeys(
            ("task_ids", "summary", "seen", "needs_opinion"), {}
        )
        with self.assertRaises(AccessError):
            wizard.with_context(**context).onchange({}, [], specification)
        choices = wizard.with_context(**context).fields_get(["return_stage"])
        self.assertEqual(len(choices["return_stage"]["selection"]), 1)
        with self.assertRaises(AccessError):
            wizard.onchange(
                {"task_ids": [(6, 0, tasks.ids)]}, ["task_ids"], specification
            )
        mine = self.supervisor
        seen = wizard.with_user(mine).with_context(**context)
        opened = seen.onchange({}, [], specification)["value"]
        self.assertEqual(opened["summary"][0]["document"], order.name)


@tagged("post_install", "-at_install")
class TestConditionAuthors(OrderCommon):
    """[REV-1] [SEC-2] a condition tells its author nothing he may not read."""

    @mute_logger("odoo.orm.models", "odoo.addons.base.models.ir_model")
    def test_conditions_ask_what_the_author_may_read(self):
        """K12: the preview answers as superuser, so it must not be asked."""
        seat = self.route.stage_ids[0].seat_ids[0]
        for record in (self.route, seat.stage_id, seat):
            for domain in (
                "[('review_id.facts', '!=', False)]",
                "[('review_id', 'any', [('facts', '!=', False)])]",
                "['|', ('name', '=', 'x'), ('review_id.facts', '=', 1)]",
            ):
                with (
                    self.subTest(f"{record._name} {domain}"),
                    self.assertRaises(UserError),
                ):
                    record.with_user(self.administrator).write({"domain": domain})
        for domain in ("[('amount_total', '>', 5)]", "[('partner_id.city', '=', 'x')]"):
            self.route.with_user(self.administrator).domain = domain

    def test_preview_of_a_document_one_may_not_read(self):
        order = self._order()
        self.route.preview_res_id = order.id
        self.assertTrue(self.route.preview)
        reader = self._user("reader", "base.group_user")
        self.env.invalidate_all()
        self.assertFalse(self.route.with_user(reader).preview)

    def test_ids_given_twice_count_once(self):
        """K12: two identical signatures, or two reviews, by one call."""
        order = self._order()
        twice = self.env["sale.order"].browse([order.id, order.id])
        twice.with_user(self.salesman).action_review_submit()
        review = order.sudo().review_id
        self.assertEqual(
            self.env["order.review"].search_count(
                [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
            ),
            1,
        )
        task = review.task_ids.filtered(lambda t: t.state == "open")
        for records, user, method, args, act in (
            (review, self.salesman, "action_comment", ["x"], "comment"),
            (review, self.salesman, "action_urge", [], "urge"),
            (review, self.salesman, "action_copy_to", [[self.gm.id]], "copy"),
            (task, self.supervisor, "action_transfer", [self.gm.id], "transfer"),
            (task, self.gm, "action_sign", ["agree", self._digest(order)], "agree"),
            (task, self.gm, "action_take_back", ["x"], "take_back"),
            (review, self.administrator, "action_terminate", ["x"], "terminate"),
        ):
            with self.subTest(method):
                doubled = records.browse([records.id, records.id])
                self._rpc(user, doubled, method, *args)
                acts = review.signature_ids.mapped("act")
                self.assertEqual(acts.count(act), 1)
