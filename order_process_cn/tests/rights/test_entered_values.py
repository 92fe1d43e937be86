import inspect
from contextlib import suppress

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..common import OrderCommon
from .public_methods import PUBLIC

# what nobody can mean, by the type of a field
ABSURD = {
    "many2one": ("x", 1.5),
    "float": (float("nan"), float("inf"), -1e18, 1e300),
    "monetary": (float("nan"), float("inf"), 1e18),
    "integer": (2**40, -(2**40)),
    "date": ("0001-01-01", "9999-12-31", "soon"),
    "datetime": ("0001-01-01 00:00:00", "9999-12-31 23:59:59", "soon"),
    "char": ("x" * 30000, "\0"),
    "text": ("x" * 30000, "\0"),
}


@tagged("post_install", "-at_install")
class TestEnteredValues(OrderCommon):
    """[SEC-2] K7 K14: whatever is entered in documents, settings and questions of ours,
    on whatever road, is refused in words if it cannot be meant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = [
            cls._user(
                "colleague",
                "sales_team.group_sale_manager,stock.group_stock_manager,"
                "mrp.group_mrp_manager,purchase.group_purchase_manager,"
                "order_process_cn.order_group_manager,"
                "order_process_cn.order_group_engineering,"
                "order_process_cn.order_group_inspector,"
                "order_process_cn.order_group_registrar,"
                "order_process_cn.order_group_hold",
            ),
            cls._user("employee", "base.group_user"),
            cls._user("customer", "base.group_portal"),
        ]

    def _models(self):
        for name, model in sorted(self.env.registry.items()):
            if name.startswith("order.") and model._auto and not model._abstract:
                yield self.env[name].with_user(self.people[0]).with_context({})

    def _fields(self, model):
        for name, field in model._fields.items():
            if field.store and not (field.readonly or field.related):
                if field.type in ABSURD and name not in {"create_date", "write_date"}:
                    yield name, ABSURD[field.type]

    def test_what_cannot_be_meant_is_refused(self):
        tried, taken = 0, []
        for model in self._models():
            if not model.has_access("write"):
                continue
            for name, values in self._fields(model):
                for value in values:
                    tried += 1
                    # nothing has to be there for what nobody could write
                    try:
                        model.write({name: value})
                    except UserError:
                        continue
                    taken.append(f"{model._name}.{name} = {str(value)[:12]}")
        self.assertGreater(tried, 500)
        self.assertEqual("\n".join(taken), "")

    def test_whoever_may_not_make_one_is_told_so(self):
        """Nothing is read to complete what nobody may make: no order is locked by
        those who may not read it, and nothing fails in the middle."""
        for model in self._models():
            for user in self.people:
                own = model.with_user(user)
                if own.has_access("create"):
                    continue
                for values in ({}, {"order_id": 10**9}, {"company_id": "x"}):
                    with (
                        self.subTest(model._name, user=user.login, values=values),
                        self.assertRaises(UserError),
                        self.cr.savepoint(),
                    ):
                        call_kw(own.browse(), "create", [[dict(values)]], {})

    def test_acts_on_nothing_answer_in_words(self):
        """Nor does an act fail in the middle that is asked of no document, or of one
        that is gone."""
        tried = 0
        for name, methods in PUBLIC.items():
            if not self.env[name]._auto:
                continue
            model = self.env[name].with_user(self.people[0]).with_context({})
            for method, declared in methods.items():
                act = getattr(type(model), method)
                if declared.kind == "core" or getattr(act, "_api_model", False):
                    continue
                asked = [
                    "x"
                    for given in inspect.signature(
                        inspect.unwrap(act)
                    ).parameters.values()
                    if given.default is given.empty
                    and given.kind is given.POSITIONAL_OR_KEYWORD
                    and given.name != "self"
                ]
                for ids in ([], [10**9]):
                    tried += 1
                    with self.subTest(f"{name}.{method}", ids=ids):
                        with self.cr.savepoint() as savepoint:
                            # the latter becomes words on its way out
                            with suppress(UserError, IntegrityError):
                                call_kw(model.browse(), method, [ids, *asked], {})
                                self.env.flush_all()
                            savepoint.rollback()
        self.assertGreater(tried, 200)
