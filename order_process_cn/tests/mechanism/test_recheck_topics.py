import ast
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged

from ...models.progress.steps import confirm_receipt
from .worker_common import WorkerCommon

ADDON = Path(__file__).parents[2]
# one says what the mark means, one is told by its caller, one by its heirs
ON_DEMAND = {
    "order_condition_mixin.py",
    "order_recheck_mixin.py",
    "order_slice_batch_mixin.py",
}


def find_marks():
    """Yield ``(file, line, topics)`` of each place that marks something."""
    for folder in ("models", "wizard", "controllers", "report"):
        for path in sorted((ADDON / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == "_mark_for_recheck"
                ):
                    yield path, node.lineno, node.args


@tagged("post_install", "-at_install")
class TestRecheckTopics(WorkerCommon):
    """[CNF-1] what changed wakes what follows from it, and nothing else."""

    def _looked_at(self):
        """Return the models that the worker looks at, empty."""
        mixin = self.registry["order.recheck.mixin"]
        return [
            self.env[name]
            for name, model in self.registry.items()
            if issubclass(model, mixin) and not model._abstract
        ]

    # -- the tables --------------------------------------------------------------------

    def test_every_topic_can_be_handled(self):
        models = self._looked_at()
        self.assertGreaterEqual(len(models), 8)
        for model in models:
            handlers = model._get_recheck_handlers()
            with self.subTest(model._name):
                self.assertTrue(handlers, "nothing is looked at")
                self.assertEqual(model._get_recheck_labels().keys(), handlers.keys())
            for topic, handler in handlers.items():
                with self.subTest(f"{model._name}: {topic}"):
                    if isinstance(handler, str):
                        handler = getattr(type(model), handler, None)
                    self.assertTrue(callable(handler), handler)
                    # with nothing to look at, nothing happens
                    handler(model.browse())
            for topic, followers in model._get_recheck_followers().items():
                with self.subTest(f"{model._name}: what follows from {topic}"):
                    self.assertLessEqual({topic, *followers}, handlers.keys())

    def test_every_event_wakes_a_topic(self):
        for model in self._looked_at():
            if not hasattr(model, "_get_recheck_events"):
                continue
            for code, topics in model._get_recheck_events().items():
                with self.subTest(f"{model._name}: {code}"):
                    self.assertIn(code, model._get_event_labels())
                    self.assertLessEqual(
                        {*topics}, model._get_recheck_handlers().keys()
                    )

    def test_every_document_under_review_looks_at_it(self):
        for model in self.env["order.review"]._get_reviewed_models():
            with self.subTest(model._name):
                self.assertIn("review", model._get_recheck_handlers())

    def test_every_place_names_its_topic(self):
        known = set().union(*(m._get_recheck_handlers() for m in self._looked_at()))
        marks = list(find_marks())
        self.assertGreater(len(marks), 25)
        for path, line, topics in marks:
            if path.name in ON_DEMAND:
                continue
            with self.subTest(f"{path.name}:{line}"):
                self.assertTrue(topics, "marked for everything")
                for topic in topics:
                    self.assertIsInstance(topic, ast.Constant)
                    self.assertIn(topic.value, known)

    def test_review_comes_first_and_progress_last(self):
        """What is looked at first decides on what comes after."""
        topics = [*self.env["sale.order"]._get_recheck_handlers()]
        self.assertEqual(topics[0], "review")
        last = ["goods", "effect", "growth", "shipping", "progress"]
        self.assertEqual(topics[-5:], last)
        self.assertEqual(
            self.env["sale.order"]._expand_recheck_topics(["goods"]),
            {"goods", "shipping", "progress"},
        )

    # -- marking -----------------------------------------------------------------------

    def test_unknown_topic_is_refused(self):
        order = self._order().sudo()
        self.queue.search([]).unlink()
        with self.assertRaisesRegex(ValueError, "sale.order has no topics called gone"):
            order._mark_for_recheck("review", "gone")
        with self.assertRaisesRegex(ValueError, "order.review has no topics"):
            self.env["order.review"]._mark_for_recheck("money")
        self.assertFalse(self.queue.search([]))

    def test_several_topics_are_one_insert(self):
        orders = self._order().sudo() | self._order().sudo()
        self.queue.search([]).unlink()
        orders._mark_for_recheck("goods")  # what it asks for is remembered
        self._begin()
        with self.assertQueryCount(3):  # the rows; the scheduler and its call
            orders._mark_for_recheck("promise", "goods", "goods", "effect")
            self.env.flush_all()
        self.assertEqual(len(self._rows_of(orders)), 2 + 6)

    # -- what is looked at -------------------------------------------------------------

    def test_only_what_follows_is_looked_at(self):
        (order,) = self._approve_all(1)
        self.queue.search([]).unlink()
        for topic in ("progress", "goods", "effect", "acknowledge"):
            order._mark_for_recheck(topic)
        self._run_worker()
        self.assertNotEqual(order.state, "sale")
        self.assertFalse(self._rows_of(order))
        order._mark_for_recheck("review")
        self._run_worker()
        self.assertEqual(order.state, "sale")

    def test_row_without_a_topic_means_everything(self):
        """As they were before there were topics."""
        (order,) = self._approve_all(1)
        self.queue.search([]).unlink()
        self.env.cr.execute(
            "INSERT INTO order_recheck (res_model, res_id, state, attempts) "
            "VALUES ('sale.order', %s, 'waiting', 0)",
            [order.id],
        )
        row = self._rows_of(order)
        self.assertEqual(row.topic_label, "All topics")
        self._run_worker()
        self.assertEqual(order.state, "sale")
        self.assertFalse(row.exists())

    def test_topic_that_is_gone_stops_nothing(self):
        """Its addon was uninstalled while something waited."""
        (order,) = self._approve_all(1)
        self.queue.create(
            {"res_model": "sale.order", "res_id": order.id, "topic": "gone"}
        )
        self._run_worker()
        self.assertEqual(order.state, "sale")
        self.assertFalse(self.queue.search([]))

    def test_another_addon_adds_a_topic(self):
        """An addon's step comes after ours, together with what follows from it."""
        model, seen = type(self.env["sale.order"]), []
        handlers = {**model._get_recheck_handlers(self.env["sale.order"])}
        followers = {**model._get_recheck_followers(self.env["sale.order"])}

        def look(orders):
            seen.append((orders.ids, set(orders.mapped("state"))))

        (order,) = self._approve_all(1)
        self.queue.search([]).unlink()
        with (
            patch.object(
                model,
                "_get_recheck_handlers",
                lambda _self: {**handlers, "vat": "_look_at_vat"},
            ),
            patch.object(
                model,
                "_get_recheck_followers",
                lambda _self: {**followers, "vat": {"confirm"}},
            ),
            patch.object(model, "_look_at_vat", look, create=True),
        ):
            order._mark_for_recheck("vat")
            self._run_worker()
        self.assertEqual(seen, [([order.id], {"sale"})])

    # -- what happens wakes the right topic --------------------------------------------

    def test_what_happens_wakes_its_topic(self):
        order = self._order().sudo()
        self._marked_topics(order)
        (approved,) = self._approve_all(1)
        renamed = self.partner.copy({"name": "Renamed"})
        named = self._approve(partner_id=renamed.id).sudo()
        self._marked_topics(named)
        acts = {
            "approved": (approved, lambda: None, {"confirm"}),
            "renamed": (named, lambda: renamed.write({"name": "Anew"}), {"review"}),
            "urgent": (
                order,
                lambda: order.write(
                    {"is_urgent": True, "urgent_reason": "Stands still"}
                ),
                {"urgency"},
            ),
            "received": (
                order,
                lambda: confirm_receipt(order, "Somebody"),
                {"progress", "rating"},
            ),
        }
        for name, (document, act, topics) in acts.items():
            with self.subTest(name):
                act()
                self.assertEqual(self._marked_topics(document), topics)

    def test_statement_wakes_once(self):
        """[CFM-3] events of a transaction become one row for each topic."""
        order = self._order().sudo()
        self._marked_topics(order)
        for code in ("technical_confirmed", "material_confirmed", "closed"):
            order._emit(code)
        self._end_of_transaction()
        self.assertEqual(self._rows_of(order).mapped("topic"), ["effect"])
