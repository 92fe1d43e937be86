import re

from odoo.tests import TransactionCase, tagged

# {model: the field by which a rule says whose record it is}, where people write by it.
# Each has a test that nobody gives himself, or takes from himself, what is another's:
# test_delegation, test_urgent_rights.
OWN = {
    # the order is said once, by whoever may change it: test_sheets
    "order.accessory": {"order_id.user_id"},
    "order.configuration.row": {"order_id.user_id"},
    "order.sample": {"order_id.user_id"},
    # entered with the minutes, by whoever may write them: test_meetings
    "order.meeting.improvement": {"owner_id", "chair_id", "create_uid"},
    # the engine writes the order of a change: nobody enters another
    "order.change.line": {"order_id.user_id"},
    "order.change.request": {"order_id.user_id"},
    "order.delegation": {"principal_id"},
    # the engine says about whom it is: test_ledger
    "order.ledger.entry": {"user_id"},
    # whoever plans gives a project away, nobody else does: test_projects
    "order.project.completion": {
        "evaluation_ids.user_id",
        "order_id.user_id",
        "plan_id.manager_id",
    },
    "order.project.evaluation": {
        "completion_id.evaluation_ids.user_id",
        "completion_id.order_id.user_id",
        "completion_id.plan_id.manager_id",
    },
    "order.project.plan": {
        "manager_id",
        "order_id.user_id",
        "step_ids.responsible_id",
    },
    "order.project.step": {
        "manager_id",
        "order_id.user_id",
        "step_ids.responsible_id",
    },
    # nor of a score sheet, its lines and findings: test_scores
    "order.score.finding": {"sheet_id.department_id.head_id"},
    "order.score.line": {"sheet_id.user_id", "sheet_id.department_id.head_id"},
    "order.score.sheet": {"user_id", "department_id.head_id"},
    # follows from the line, which nobody changes
    "order.delivery.part": {"order_id.user_id"},
    # the region is given once: test_demand_roads
    "order.demand.line": {"team_id.user_id", "team_id.member_ids"},
    "order.demand.plan": {"team_id.user_id", "team_id.member_ids"},
    # whoever works on a case puts another in charge, nobody else does:
    # test_service_cases
    "order.service.case": {"order_id.user_id", "owner_id"},
    "order.service.case.line": {"order_id.user_id", "owner_id"},
    # the engine writes the order of a release: nobody enters another
    "order.shipping.line": {"order_id.user_id"},
    "order.shipping.release": {"order_id.user_id"},
    "order.urgent.member": {"order_id.user_id"},
}
USER = re.compile(r"\('([\w.]+)', '(?:=|in)', \[?user\.id")


@tagged("post_install", "-at_install")
class TestOwnRecords(TransactionCase):
    """[SEC-1] [SEC-2] K12: a rule is asked about a row before it is written, never
    after: whoever may write the field that says whose it is gives it to himself."""

    def _find_rules(self):
        """Yield the rules of ours by which somebody may write, and their models."""
        data = self.env["ir.model.data"].search(
            [("module", "=", "order_process_cn"), ("model", "=", "ir.rule")]
        )
        for rule in self.env["ir.rule"].browse(data.mapped("res_id")):
            model = self.env[rule.model_id.model]
            if rule.perm_write and rule.groups and not model._transient:
                yield rule, model

    def _is_writable(self, rule):
        groups = rule.groups | rule.groups.all_implied_ids
        return self.env["ir.model.access"].search_count(
            [
                ("model_id", "=", rule.model_id.id),
                ("perm_write", "=", True),
                ("group_id", "in", groups.ids),
            ]
        )

    def test_every_rule_is_known(self):
        found = {}
        for rule, model in self._find_rules():
            names = set(USER.findall(rule.domain_force or ""))
            if names and self._is_writable(rule):
                found.setdefault(model._name, set()).update(names)
        self.maxDiff = None
        self.assertEqual(found, OWN)
