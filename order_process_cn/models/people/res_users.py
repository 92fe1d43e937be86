from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..mechanism.memory import remembered

# how many people a message names
HOLDERS_NAMED = 3


class Capacity(NamedTuple):
    """One person for whom a user may sign: himself, or one he stands in for."""

    principal: int
    departments: frozenset
    headed: frozenset
    groups: frozenset
    lists: frozenset
    companies: frozenset


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["order.people.change"]._watch():
            return super().create(vals_list)

    def write(self, vals):
        if "group_ids" in vals:
            with self.env["order.people.change"]._watch():
                result = super().write(vals)
        else:
            result = super().write(vals)
        self._after_people_changed(vals)
        return result

    def unlink(self):
        with self.env["order.people.change"]._watch():
            return super().unlink()

    @api.model
    def _names_of(self, user_ids):
        """Return ``{user id: name}``; of colleagues without a query."""
        known = self._names_of_colleagues()
        others = set(user_ids) - known.keys()
        if others:
            known = known | self._read_names(SQL("id IN %s", tuple(others)))
        return {user_id: known[user_id] for user_id in user_ids if user_id in known}

    @api.model
    @remembered
    def _names_of_colleagues(self):
        """Reviews tell names over and over. Forgotten when one of them changes; a new
        user is asked for until then."""
        return self._read_names(SQL("NOT share"))

    @api.model
    def _read_names(self, condition):
        self.env["res.partner"].flush_model(["name"])
        self.flush_model(["partner_id", "share"])
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT id, (SELECT name FROM res_partner WHERE id = partner_id)
                      FROM res_users WHERE %s
                    """,
                    condition,
                )
            )
        )

    @api.model
    def _spell_holders(self, group, company):
        """Return the names of those who have a right, for a text that says whom to
        ask: a few of them, or the name of the right when nobody has it."""
        holders = self._find_holders(group, company)
        names = holders[:HOLDERS_NAMED].mapped("name")
        if len(holders) > HOLDERS_NAMED:
            names.append("…")
        # the name of a group is no secret
        return ", ".join(names) or self.env.ref(group).sudo().full_name

    @api.model
    def _find_holders(self, group, companies):
        """Return the active colleagues of any of ``companies`` who have a right."""
        # who can be asked for something is no secret
        people = self.env.ref(group).sudo().all_user_ids
        return people.filtered(
            lambda user: user.active and not user.share and user.company_ids & companies
        ).sorted("id")

    def _leaver_domain(self):
        """Return the domain of the seats that may be left without a signer."""
        return [
            "|",
            ("user_id", "in", self.ids),
            ("department_id.member_ids", "in", self.ids),
        ]

    def _get_signing_capacities(self):
        """Return the capacities in which this user may sign now, his own first.

        Kept in memory for a quarter of an hour (days begin at full quarters in every
        time zone); users, departments and delegations empty the memory.
        """
        self.ensure_one()
        quarter = int(fields.Datetime.now().timestamp()) // 900
        return self._signing_capacities(quarter)

    @remembered
    def _signing_capacities(self, quarter):
        # whether one works here, and for which companies
        if not self.active or self.share:
            return ()
        delegations = (
            self.env["order.delegation"]
            .search([("actor_id", "=", self.id)])
            .filtered(lambda delegation: delegation._covers_today())
        )
        people = self | delegations.principal_id.filtered(
            lambda user: user.active and not user.share
        )
        departments = (
            self.env["order.department"]
            .with_context(active_test=False)
            .search(
                Domain("member_ids", "in", people.ids)
                | Domain("head_id", "in", people.ids)
            )
        )
        lists = defaultdict(set)
        for signers in self.env["order.signer.list"].search(
            [("user_ids", "in", people.ids)]
        ):
            for user in signers.user_ids:
                lists[user.id].add(signers.id)
        member, headed = defaultdict(set), defaultdict(set)
        for department in departments:
            for user in department.member_ids | department.head_id:
                member[user.id].add(department.id)
            headed[department.head_id.id].add(department.id)
        return tuple(
            Capacity(
                user.id,
                frozenset(member[user.id]),
                frozenset(headed[user.id]),
                frozenset(user._get_group_ids()),
                frozenset(lists[user.id]),
                frozenset(self.company_ids.ids) & frozenset(user.company_ids.ids),
            )
            for user in people
        )

    def _order_reads_only_by_seat(self, model_name):
        """Return whether only our own right lets this user read ``model_name``.

        Our record rule for signers must add orders and never take any away: a user
        who may read them all for another reason (core gives stock and workshop users
        every order, without any rule) must keep that. Called by the record rules.
        """
        self.ensure_one()
        signer = self.env.ref("order_process_cn.order_group_signer")
        groups = self.sudo().all_group_ids - signer  # which rights he has is no secret
        access = self.env["ir.model.access"].sudo()
        if not access.search_count(
            [
                ("model_id.model", "=", model_name),
                ("perm_read", "=", True),
                "|",
                ("group_id", "=", False),
                ("group_id", "in", groups.ids),
            ],
            limit=1,
        ):
            return True
        # reads the rules that bind the user, as the engine of rules does
        rules = self.env["ir.rule"].sudo()
        return bool(
            rules.search_count(
                [
                    ("model_id.model", "=", model_name),
                    ("perm_read", "=", True),
                    ("groups", "in", groups.ids),
                ],
                limit=1,
            )
        )
