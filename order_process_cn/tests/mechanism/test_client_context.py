import csv
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import file_path

from ..common import DEPARTMENTS, OrderCommon

ADDON = Path(file_path("order_process_cn/__manifest__.py")).parent

# what a long life certainly leaves
WRITTEN = {
    "order.review",
    "order.review.signature",
    "order.review.task",
    "order.time.limit.run",
    "mail.activity",
}
# what differs between two runs of the same acts
MOVING = {"id", "create_date", "write_date", "display_name"}


@tagged("post_install", "-at_install")
class TestClientContext(OrderCommon):
    """[SEC-2] the engine creates and searches nothing under a client's context."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order_type.write({"requires_return": True, "sends_acknowledgement": True})
        cls.env["order.time.limit"].create(
            {
                "name": "Until approval",
                "start_event": "submitted",
                "stop_event": "approved",
                "length": 2,
                "unit": "calendar_days",
            }
        )
        cls.elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        people = (
            cls.salesman | cls.gm | cls.env["res.users"].concat(*cls.signers.values())
        )
        people.company_ids |= cls.elsewhere

    def _engine_models(self):
        """Return the models that nobody may create records of, views apart."""
        with (ADDON / "security/ir.model.access.csv").open(encoding="utf-8") as handle:
            rows = list(csv.DictReader(handle))
        creators = {row["model_id:id"] for row in rows if row["perm_create"] == "1"}
        locked = {row["model_id:id"] for row in rows} - creators
        config = self.env.registry["order.config.mixin"]
        return [
            model
            for name, model in self.env.registry.items()
            if f"model_{name.replace('.', '_')}" in locked
            and name.startswith("order.")
            and model._auto
            and not issubclass(model, config)
        ]

    def test_every_locked_model_is_written_by_the_engine(self):
        engine = self.env.registry["order.engine.mixin"]
        models = self._engine_models()
        self.assertIn("order.review.task", [model._name for model in models])
        self.assertEqual(
            [model._name for model in models if not issubclass(model, engine)], []
        )

    def _hostile(self):
        """Return a context that proposes something for every field of the engine."""
        context = {
            "active_test": False,
            "allowed_company_ids": [self.elsewhere.id, self.company.id],
            "mail_activity_automation_skip": True,
            "tz": "Nowhere/Land",
            "default_active": False,
        }
        models = [*self._engine_models(), self.env.registry["mail.activity"]]
        values = {
            "char": "junk",
            "text": "junk",
            "html": "junk",
            "integer": 7,
            "many2one_reference": 7,
            "float": 7.0,
            "monetary": 7.0,
            "boolean": True,
            "date": "2001-01-01",
            "datetime": "2001-01-01 00:00:00",
            "many2one": 1,
            "selection": "sale",
            "json": {"junk": 1},
        }
        for model in models:
            for name, field in model._fields.items():
                # what core's own records of the client take from it is his affair
                if field.type in values and name not in self._own_fields():
                    context[f"default_{name}"] = values[field.type]
        return context

    def _own_fields(self):
        return {
            *self.env["sale.order"]._fields,
            *self.env["sale.order.line"]._fields,
        } - {"state", "company_id", "active", "name"}

    def _rpc_in(self, context, user, records, method, *args, **kwargs):
        model = records.with_user(user).with_context({})
        result = call_kw(
            model.browse(),
            method,
            [*([records.ids] if records else []), *args],
            kwargs | {"context": dict(context)},
        )
        self._end_of_transaction()
        self.env.invalidate_all()
        return result

    def _live(self, context):
        """Take an order through a long life by RPC; return what the engine wrote."""
        before = {
            model._name: self.env[model._name]
            .with_context(active_test=False)
            .search([])
            for model in self._engine_models()
        }
        todos = self.env["mail.activity"].with_context(active_test=False).search([])
        order = self._order()
        act = self._rpc_in
        act(context, self.salesman, order, "action_review_submit")
        self._run_worker()
        task = order.with_user(self.supervisor)._my_open_tasks()
        act(context, self.supervisor, task, "action_transfer", self.gm.id, "Away")
        task = order.with_user(self.gm)._my_open_tasks()
        act(
            context,
            self.gm,
            task,
            "action_sign",
            "decline",
            self._digest(order),
            opinion="Too cheap",
        )
        self._run_worker()
        act(context, self.salesman, order, "action_review_submit")
        task = order.with_user(self.gm)._my_open_tasks()
        act(context, self.gm, task, "action_sign", "agree", self._digest(order))
        review = order.sudo().review_id
        act(context, self.salesman, review, "action_comment", "Hurry")
        for name in DEPARTMENTS:
            task = order.with_user(self.signers[name])._my_open_tasks()
            digest = self._digest(order)
            act(context, self.signers[name], task, "action_sign", "agree", digest)
        self._run_worker()
        return order, {
            **{
                name: self._rows(self.env[name].with_context(active_test=False), rows)
                for name, rows in before.items()
            },
            "mail.activity": self._rows(
                self.env["mail.activity"].with_context(active_test=False), todos
            ),
        }

    def _rows(self, model, known):
        """Return what is new, without what differs from run to run."""
        rows = (model.search([]) - known).sorted("id")
        names = [
            name
            for name, field in rows._fields.items()
            if field.store
            and field.column_type
            and name not in MOVING
            and field.type not in {"datetime", "many2one_reference", "json"}
            and not (field.type == "many2one" and field.comodel_name in self._ours())
            and not name.endswith(("hash", "head", "digest", "document_name"))
        ]
        return [
            {name: str(values[name]) for name in names} for values in rows.read(names)
        ]

    def _ours(self):
        return {
            "sale.order",
            "mail.activity",
            *(model._name for model in self._engine_models()),
        }

    def test_a_long_life_under_a_hostile_context(self):
        order, expected = self._live({})
        other, found = self._live(self._hostile())
        self.assertEqual(order.review_state, "approved")
        self.assertEqual(other.review_state, "approved")
        # nothing is compared with nothing where the engine has been at work
        for name in WRITTEN:
            self.assertTrue(expected[name], f"{name}: the life wrote none")
        for name, rows in expected.items():
            with self.subTest(name):
                mine = [self._anonymous(row, order) for row in rows]
                theirs = [self._anonymous(row, other) for row in found[name]]
                self.assertEqual(theirs, mine)

    def _anonymous(self, row, order):
        return {name: value.replace(order.name, "S") for name, value in row.items()}

    def test_defaults_reach_no_record_of_the_engine(self):
        """The engine's own ``create`` takes nothing from the context."""
        row = (
            self.env["order.recheck"]
            .with_context(
                default_state="failed", default_attempts=9, default_error="junk"
            )
            .create({"res_model": "sale.order", "res_id": 1})
        )
        self.assertEqual((row.state, row.attempts, row.error), ("waiting", 0, False))
        self.assertEqual(row.env.context.get("default_attempts"), 9)

    def test_time_limit_survives_a_default_state(self):
        """[SLA-1] an order made with ``default_state`` starts its limits as any."""
        limit = self.env["order.time.limit"].create(
            {
                "name": "Until submitted",
                "start_event": "created",
                "stop_event": "submitted",
                "length": 2,
                "unit": "calendar_days",
            }
        )
        values = self._order().copy_data()[0]
        order_id = call_kw(
            self.env["sale.order"].with_user(self.salesman).with_context({}),
            "create",
            [values],
            {"context": {"default_state": "sent", "default_rule_id": 7}},
        )
        runs = self.env["order.time.limit.run"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order_id)]
        )
        mine = runs.filtered(lambda run: run.rule_id == limit)
        self.assertEqual(mine.mapped("state"), ["running"])
        self.assertEqual((mine.round, mine.length, mine.stopped_at), (1, 2, False))


@tagged("post_install", "-at_install")
class TestNotedBySending(OrderCommon):
    """[CFM-1] [URG-2] that something was sent is noted when it was, not because a key
    of a context says so."""

    KEYS = {
        "order_confirmation_sent": True,
        "order_urgent_reply": True,
        "default_order_purpose": "confirmation",
        "order_purpose": "confirmation",
    }

    def test_a_key_notes_nothing(self):
        order = self._approve()
        stock = self._user("stock", "stock.group_stock_user")
        for user in (stock, self.salesman, self.supervisor):
            call_kw(
                self.env["sale.order"].with_user(user).with_context({}),
                "message_post",
                [order.ids],
                {"body": "hello", "context": dict(self.KEYS)},
            )
        self.assertFalse(order.confirmation_sent_on)
        self.assertFalse(order.urgent_replied_on)

    def _compose(self, user, order, **values):
        action = order.with_user(self.salesman).action_send_confirmation()
        return (
            self.env["mail.compose.message"]
            .with_user(user)
            .with_context(**action["context"])
            .create(values)
        )

    def test_sent_to_the_customer(self):
        self.partner.email = "buyer@example.com"
        order = self._approve()
        self._compose(self.salesman, order)._action_send_mail()
        self.assertTrue(order.confirmation_sent_on)

    def test_sent_to_somebody_else(self):
        order = self._approve()
        other = self.env["res.partner"].create({"name": "X", "email": "x@example.com"})
        composer = self._compose(self.salesman, order)
        composer.partner_ids = other
        composer._action_send_mail()
        self.assertFalse(order.confirmation_sent_on)

    def test_not_by_whoever_may_not_write_the_order(self):
        order = self._approve()
        composer = self._compose(self.gm, order)
        with self.assertRaises(AccessError):
            composer._action_send_mail()
        self.assertFalse(order.confirmation_sent_on)

    def test_not_before_the_review(self):
        order = self._approve()
        composer = self._compose(self.salesman, order)
        order.order_line.product_uom_qty = 5
        self._end_of_transaction()
        with self.assertRaisesRegex(UserError, "after the review"):
            composer._action_send_mail()


@tagged("post_install", "-at_install")
class TestSubmitButton(OrderCommon):
    def test_shown_to_those_who_may(self):
        """[REV-1] the button is shown to whoever may press it, and to nobody else."""
        order = self._order()
        self.assertTrue(order.with_user(self.salesman).review_can_submit)
        self.assertFalse(order.with_user(self.gm).sudo().review_can_submit)
        self._submit(order).with_user(self.salesman).sudo().review_id.action_withdraw()
        self.assertTrue(order.with_user(self.salesman).review_can_submit)
        self.assertFalse(order.with_user(self.gm).sudo().review_can_submit)
