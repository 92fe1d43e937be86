import base64
import contextlib
import inspect

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import OrderCommon
from ..evidence.test_records import PICTURE

# what a client can send where something else is expected
JUNK = (
    [],
    ["x"],
    [None],
    [[1]],
    {},
    {"x": 1},
    {"1": ["x"]},
    {1: {"answer": [1], "note": 2}},
    "x",
    "\0",
    "\ud800",
    "²",
    0,
    -1,
    2**70,
    1.5,
    True,
    None,
)
REVIEW_MODELS = ("order.review", "order.review.task")
# public methods of a document under review, and of what is said about it
ON_ORDERS = (
    "action_review_submit",
    "action_state_in_writing",
    "action_register_return",
)


@tagged("post_install", "-at_install")
class TestArguments(OrderCommon):
    """[SEC-2] K14: whatever a client sends, it gets a refusal in words, not an error of
    the server; and nothing is written before."""

    def setUp(self):
        super().setUp()
        self.order = self._submit()
        self.review = self.order.sudo().review_id
        self.task = self.review.task_ids.filtered(lambda task: task.state == "open")

    def _public_methods(self):
        """Yield ``(records, method name, parameters)`` of our own public methods."""
        for model in REVIEW_MODELS:
            records = {"order.review": self.review, "order.review.task": self.task}
            for name, method in inspect.getmembers(
                type(self.env[model]), inspect.isfunction
            ):
                module = inspect.unwrap(method).__module__
                if name.startswith("action_") and "order_process_cn" in module:
                    whole = getattr(method, "_api_model", False)
                    found = records[model]
                    yield found.browse() if whole else found, name, method
        for name in ON_ORDERS:
            yield self.order, name, getattr(type(self.order), name)
        statement = self._make_statement()
        yield statement, "action_reject", type(statement).action_reject

    def _make_statement(self):
        scan = self.env["ir.attachment"].create({"name": "scan.png", "raw": b"scan"})
        self.order.sudo().action_register_return("returned", "Mr Li", scan.ids)
        return self.order.sudo().statement_ids

    def _good(self, name):
        """Return an argument that is understood, by its name."""
        return {
            "decision": "agree",
            "seen": self._digest(self.order),
            "medium": "paper",
            "placement": "beside",
            "kind": "technical",
            "signer_id": self.supervisor.id,
            "user_id": self.gm.id,
            "leaver_id": self.gm.id,
            "user_ids": self.gm.ids,
            "evidence_ids": [],
            "stage_no": False,
            "drawing": PICTURE,
            "answers": {},
            "chosen": {},
        }.get(name, "Words")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_junk_is_refused_in_words(self):
        users = (self.supervisor, self.administrator, self.clerk)
        tried = 0
        for records, method, function in self._public_methods():
            names = [
                name
                for name, parameter in inspect.signature(function).parameters.items()
                if name != "self" and parameter.kind is not parameter.VAR_KEYWORD
            ]
            for bad in names:
                for junk in JUNK:
                    tried += 1
                    given = {name: self._good(name) for name in names} | {bad: junk}
                    self._try(users[tried % 3], records, method, given)
        self.assertGreater(tried, 500)

    def _try(self, user, records, method, given):
        with self.subTest(f"{records._name}.{method} {given!r:.200}"):
            with self.cr.savepoint() as savepoint:
                with contextlib.suppress(UserError, AccessError):
                    self._rpc(user, records, method, **given)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_junk_said_to_have_been_shown(self):
        """The button of the form takes the fingerprint from the context: whatever else
        stands there is refused, and nothing is signed."""
        button = self.order.with_user(self.supervisor)
        for shown in (*JUNK, "0" * 64):
            with self.subTest(shown=shown), self.assertRaises(UserError):
                with self.cr.savepoint():
                    button.with_context(order_review_seen=shown).action_review_agree()
            self.assertEqual(self.task.state, "open")
            self.assertEqual(len(self.review.signature_ids), 1)

    def test_junk_given_with_a_registration(self):
        scan = self.env["ir.attachment"].with_user(self.clerk)
        scan = scan.create({"name": "scan.png", "raw": b"scan"})
        good = [self.supervisor.id, "paper", scan.ids]
        for name in ("opinion", "conditions", "signed_on", "evidence"):
            for junk in (["x"], {"x": 1}, 1.5, "\0", "2026-13-45"):
                if junk == "2026-13-45" and name in {"opinion", "conditions"}:
                    continue  # a text like any other
                with self.subTest(f"{name} {junk!r}"), self.assertRaises(UserError):
                    self._rpc(
                        self.clerk,
                        self.task,
                        "action_register",
                        "agree",
                        *good,
                        **{name: junk},
                    )
        self.assertEqual(self.review.record_count, 1)

    def test_sizes_of_texts_and_drawings(self):
        long = "x" * 20001
        seen = self._digest(self.order)
        large = base64.b64encode(base64.b64decode(PICTURE) + b"x" * 1024**2).decode()
        attempts = [
            ("20001 characters is too long", {"opinion": long}),
            ("20001 characters is too long", {"conditions": long}),
            ("larger than 1024 KB", {"drawing": large}),
            ("not a picture", {"drawing": base64.b64encode(b"<svg/>").decode()}),
            ("not a picture", {"drawing": base64.b64encode(b"%PDF-1.4").decode()}),
        ]
        for words, given in attempts:
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self._rpc(
                    self.supervisor, self.task, "action_sign", "agree", seen, **given
                )
        for method in ("action_comment", "action_urge"):
            with self.assertRaisesRegex(UserError, "too long"):
                self._rpc(self.salesman, self.review, method, long)
        self.assertEqual(self.review.record_count, 1)
        self.assertEqual(self.task.state, "open")

    def test_the_limit_is_data(self):
        self.env["ir.config_parameter"].set_param(
            "order_process_cn.text_max_characters", "5"
        )
        with self.assertRaisesRegex(UserError, "6 characters is too long, 5"):
            self._rpc(self.salesman, self.review, "action_comment", "longer")
        self._rpc(self.salesman, self.review, "action_comment", "short")
