from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# the counter on the menu stops here: it says "99+" and stays quick
COUNTER_LIMIT = 100


class OrderReviewTask(models.Model):
    """Which seats are mine: to sign now, held once, and how many wait."""

    _inherit = "order.review.task"

    @api.depends("state", "user_id", "signer_list_id", "department_id", "group_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for task in self:
            task.is_mine = task.state == "open" and bool(task._capacity(self.env.user))

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "open") & self._addressed_domain(self.env.user)

    @api.depends("user_id", "department_id", "group_id", "decided_by_id", "added_by_id")
    @api.depends_context("uid")
    def _compute_concerns_me(self):
        mine = self.filtered_domain(self._concern_domain(self.env.user))
        for task in self:
            task.concerns_me = task in mine

    def _search_concerns_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._concern_domain(self.env.user)

    @api.model
    def _concern_domain(self, user):
        """Return the domain of the seats that ``user`` holds, held or gave away."""
        return (
            self._addressed_domain(user)
            | Domain("decided_by_id", "=", user.id)
            | Domain("added_by_id", "=", user.id)
        )

    @api.model
    def _exists_domain(self, task_domain, column):
        """Return the domain of the records for which a seat matching ``task_domain``
        exists, ``column`` being where they keep their review.

        One probe by index for each record, however many seats somebody ever held.
        """
        tasks = self.sudo()  # callers ask only for the caller's own seats

        def to_sql(model, alias, query):
            inner = tasks._search(task_domain, bypass_access=True)
            inner.add_where(
                SQL(
                    "%s = %s",
                    SQL.identifier(tasks._table, "review_id"),
                    SQL.identifier(alias, column),
                )
            )
            return SQL("EXISTS (%s)", inner.select(SQL("1")))

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _addressed_domain(self, user):
        """Return the domain of the tasks that ``user`` may sign, in any state."""
        return Domain.OR(self._address_domains(user)) & self._not_barred_domain(user)

    @api.model
    def _not_barred_domain(self, user):
        return Domain("barred_user_id", "=", False) | Domain(
            "barred_user_id", "!=", user.id
        )

    @api.model
    def _address_domains(self, user):
        """Return the domains by which a task can be addressed to ``user``: each is
        answered by one index."""
        domains = []
        for person in user._get_signing_capacities():
            domains.append(Domain("user_id", "=", person.principal))
            domains += [Domain("department_id", "=", head) for head in person.headed]
            domains += [
                Domain("department_id", "=", department)
                & Domain("is_head_only", "=", False)
                for department in person.departments - person.headed
            ]
            if person.groups:
                domains.append(Domain("group_id", "in", list(person.groups)))
            if person.lists:
                domains.append(Domain("signer_list_id", "in", list(person.lists)))
        return domains

    def _capacity(self, user):
        """Return in which capacity ``user`` may sign this task, or ``None``."""
        self.ensure_one()
        if self.barred_user_id == user:
            return None
        for person in user._get_signing_capacities():
            if self.barred_user_id.id == person.principal:
                continue
            if (
                self.user_id.id == person.principal
                or self.group_id.id in person.groups
                or self.department_id.id
                in (person.headed if self.is_head_only else person.departments)
                or self.signer_list_id.id in person.lists
            ):
                return person
        return None

    @api.model
    def my_waiting_count(self):
        """Return how many seats wait for the caller, at most :data:`COUNTER_LIMIT`.

        One query over partial indexes, whatever the history and the backlog: each way
        of being addressed is read along its own index, in its order and up to the
        limit. A single condition would be looked for from the beginning of the table,
        where everything was decided long ago.
        """
        user = self.env.user
        mine = Domain("state", "=", "open") & self._not_barred_domain(user)
        arms = [
            self._search(mine & arm, limit=COUNTER_LIMIT, order="opened_at").select()
            for arm in self._address_domains(user)
        ]
        [[count]] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM (%s) AS mine",
                SQL(" UNION ").join(SQL("(%s)", arm) for arm in arms),
            )
        )
        return min(count, COUNTER_LIMIT)
