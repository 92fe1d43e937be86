import inspect
from functools import cached_property

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from .public_methods import COLLEAGUES, CRUD, PUBLIC, ROLES, STRANGERS
from .scenes_goods import Scenes

ADDON = "odoo.addons.order_process_cn."
# declared where they come from, for every model that inherits them
SHARED = ("order.review.mixin", "order.event.mixin", "mail.thread")
# what is shared is played on an order
ON_AN_ORDER = {"order.review.mixin", "order.event.mixin"}
SAMPLES = {
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
    "selection": "cancel",
    "json": {"junk": 1},
}
# what core, or some addon, makes of a client's context
KEYS = (
    "tracking_disable",
    "mail_notrack",
    "mail_create_nolog",
    "mail_create_nosubscribe",
    "mail_auto_subscribe_no_notify",
    "mail_activity_quick_update",
    "mail_activity_automation_skip",
    "order_no_follower",
    "no_reset_password",
    "import_file",
    "install_mode",
    "prefetch_fields",
    "skip_procurement",
    "skip_backorder",
    "skip_confirm",
    "disable_cancel_warning",
    "send_email",
    "force_delete",
    "force_price_include",
    "active_model",
    "bin_size",
    "check_move_validity",
    "validate_analytic",
    "final",
)
# beside the models of the engine: what an act may write
WRITTEN = {
    "account.move",
    "account.move.line",
    "ir.attachment",
    "mail.activity",
    "mail.message",
    "mrp.production",
    "purchase.order",
    "purchase.order.line",
    "sale.order",
    "sale.order.line",
    "stock.move",
}
# acts that write on no document, and why two of them at once do no harm
MAY_BE_DONE_TWICE = {
    "order.bot.action_send_test": "a line to a group, as often as somebody asks",
    "order.calendar.fill.wizard.action_fill": "a year stands once, by its index",
    "order.day.line.action_begin": "a page of one's own",
    "order.import.wizard.action_check": "the last result stays",
    "order.import.wizard.action_make": "drafts are made once, the page says so",
    "order.procedure.action_begin": "a page of one's own",
    "order.procedure.action_open_switch": "a page of one's own",
    "order.procedure.action_open_switch_off": "a page of one's own",
    "order.procedure.action_open_trial": "a page of one's own",
    "order.procedure.action_export": "a page of one's own",
    "order.procedure.action_import": "a page of one's own",
    "order.procedure.file.action_compare": "the last result stays",
    "order.procedure.file.action_import": "what is there already differs no more",
    "order.procedure.trial.action_run": "the last result stays",
    "order.observation.action_make_binding": "acts take turns on the observation",
    "order.observation.action_stop": "acts take turns on the observation",
    "order.procedure.switch.action_observe": "one runs for a procedure, by its index",
    "order.procedure.switch.action_refresh": "a page of one's own",
    "order.procedure.switch.action_remove_sample": "what is gone is not found again",
    "order.procedure.switch.action_apply": "what is on stays on",
    "order.procedure.slip.action_make_sample": "another sample, gone with the first",
    "order.procedure.switch.action_make_sample": "another sample, gone with the first",
    "order.procedure.switch.claim.action_limit_types": "types are taken away once",
    "order.procedure.switch.claim.action_swap": "an order of two records",
    "order.procedure.switch.gap.action_mend": "a company is of China or not",
    "order.shift.roster.action_repeat": "somebody works once in a shift, by its index",
}
# of documents of no company: what comes of them is for the one somebody works in
OF_ONES_COMPANY = {
    "order.day.line.action_begin",
    "order.procedure.action_begin",
    "order.procedure.action_open_switch",
    "order.procedure.action_open_switch_off",
    "order.procedure.action_open_trial",
    "order.procedure.action_export",
    "order.procedure.action_import",
}


@tagged("post_install", "-at_install")
class TestPublicActs(Scenes):
    """[SEC-1] [SEC-2] every method that a client can call, found by looking."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        together = {
            frozenset(COLLEAGUES - declared.roles): None
            for names in PUBLIC.values()
            for declared in names.values()
        }
        users = cls._new_users(
            {f"role_{number}": ROLES[role] for number, role in enumerate(ROLES)}
            | {
                f"together_{number}": ",".join(ROLES[role] for role in sorted(others))
                or "base.group_user"
                for number, others in enumerate(together)
            }
        )
        cls.people = {
            role: users[f"role_{number}"] for number, role in enumerate(ROLES)
        }
        cls.together = {
            others: users[f"together_{number}"]
            for number, others in enumerate(together)
        }
        cls.elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})

    # -- what there is -----------------------------------------------------------------

    def _find_public(self):
        """Yield ``(model class, method name)`` of every method that a client can call
        and that this addon defines or overrides."""
        for model in self.env.registry.values():
            if model._abstract and model._inherit_children:
                if model._name not in SHARED:
                    continue  # its heirs are asked for
            for name in {
                name
                for parent in model.mro()
                if parent.__module__.startswith(ADDON)
                for name, value in vars(parent).items()
                if inspect.isfunction(value)
            } - CRUD:
                try:
                    get_public_method(self.env[model._name], name)
                except AccessError:
                    continue
                yield model, name

    def _origin(self, model, name):
        for shared in SHARED:
            known = self.env.registry[shared]
            if issubclass(model, known) and name in PUBLIC[shared]:
                return shared
        return model._name

    def test_every_public_method_is_declared(self):
        found = {
            (self._origin(model, name), name) for model, name in self._find_public()
        }
        declared = {(model, name) for model, names in PUBLIC.items() for name in names}
        self.assertEqual(found, declared)

    def test_every_act_comes_by_the_door(self):
        """The door takes each record once, and nothing of the client's context."""
        open_doors = [
            f"{model._name}.{name}"
            for model, name in self._find_public()
            if PUBLIC[self._origin(model, name)][name].kind != "core"
            and not getattr(getattr(model, name), "is_act", False)
        ]
        self.assertEqual(open_doors, [])

    def _with_scenes(self, *kinds):
        """Yield ``(declaration, model, method)``; core's own where there is a scene."""
        for model, methods in PUBLIC.items():
            for method, declared in methods.items():
                acting = "sale.order" if model in ON_AN_ORDER else model
                known = hasattr(self, f"scene_{acting.replace('.', '_')}__{method}")
                if declared.kind in kinds and (known or declared.kind != "core"):
                    yield declared, acting, method

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_every_act(self):
        """Each is set up once, and every rule is tried on it."""
        alone = set()
        for declared, model, method in self._with_scenes("act", "question", "core"):
            with self._on_stage(model, method) as scene:
                outcome = self._call(scene, method, is_touch_told=True)
                if declared.kind == "act" and not outcome.touched:
                    alone.add(f"{model}.{method}")
                for rule in self._rules_of(declared.kind):
                    with self.subTest(f"{model}.{method}", rule=rule.__name__):
                        rule(declared, scene, method, outcome)
        # K5: every other act writes on a document that was there: whoever does the same
        # at the same moment fails to serialize, is tried again, and sees what is done
        self.assertEqual(alone, set(MAY_BE_DONE_TWICE))

    def _rules_of(self, kind):
        rules = {
            "question": (self._check_who_may,),
            "core": (self._check_who_may, self._check_named_twice),
        }
        return rules.get(
            kind,
            (
                self._check_who_may,
                self._check_named_twice,
                self._check_context_of_a_client,
                # the last one: it gives the user another company
                self._check_another_company_first,
            ),
        )

    def _check_who_may(self, declared, scene, method, outcome):
        """Whoever is not declared is refused, or nothing is written."""
        done = "nothing" if declared.kind == "question" else "done"
        self.assertEqual(outcome.what, done, outcome.answer)

        def may(roles):
            return {
                role
                for role in roles
                if self._is_done(scene, method, self.people[role]) == done
            }

        self.assertEqual(may(declared.roles), declared.roles)
        others = set(ROLES) - declared.roles
        if self._is_done(scene, method, self._all_of(others)) != done:
            others &= STRANGERS
        self.assertEqual(may(others), set())

    def _all_of(self, roles):
        """Return who has the rights of all these colleagues: rights only add up, what
        he may not do none of them may."""
        return self.together[frozenset(roles) - STRANGERS]

    def _check_named_twice(self, _declared, scene, method, outcome):
        """A record that a client names twice is taken once: no two purchases, no two
        signatures, no two invoices."""
        twice = self._call(scene, method, ids=scene.records.ids * 2)
        self.assertEqual(outcome.what, "done", outcome.answer)
        self.assertEqual(twice.rows, outcome.rows)

    # -- the client's context ----------------------------------------------------------

    @cached_property
    def _hostile_defaults(self):
        """Propose something for every field of everything that an act may write."""
        return {
            f"default_{name}": SAMPLES[field.type]
            for model in self.env.registry.values()
            if model._name.startswith("order.") or model._name in WRITTEN
            for name, field in model._fields.items()
            if field.type in SAMPLES
        }

    def _hostile_contexts(self, scene):
        kept = scene.context.keys()
        return {
            "defaults": {
                key: value
                for key, value in self._hostile_defaults.items()
                if key not in kept
            },
            "keys": dict.fromkeys(KEYS, True),
            "keys off": dict.fromkeys(KEYS, False),
            "archived": {"active_test": False, "active_id": 1, "active_ids": [1]},
            "company": {"force_company": 1, "company_id": self.elsewhere.id},
            "zone": {"tz": "Nowhere/Land", "lang": "en_US"},
        }

    def _check_context_of_a_client(self, _declared, scene, method, outcome):
        """Whatever stands in it, the same is stored as without it."""
        for name, context in self._hostile_contexts(scene).items():
            found = self._call(scene, method, context=context)
            self.assertEqual(found.rows, outcome.rows, name)

    def _check_another_company_first(self, _declared, scene, method, _outcome):
        """Whoever works for two companies acts in that of the document."""
        if f"{scene.records._name}.{method}" in OF_ONES_COMPANY:
            return
        both = (self.elsewhere | self.company).ids
        scene.user.sudo().company_ids |= self.elsewhere
        expected = self._call(scene, method)
        found = self._call(scene, method, context={"allowed_company_ids": both})
        self.assertEqual(found.rows, expected.rows, found.answer)
