from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..mechanism.engine import public_act

# the counter on the menu stops here: it says "99+" and stays quick
COUNTER_LIMIT = 100
# columns of a seat that list further people who may not sign it
BARRED_LISTS = ("barred_later", "barred_signed")


class Address(NamedTuple):
    """One way in which seats are addressed to a user.

    :param column: who is named by the seat: a user, a department, a group, a list
    :param ids: the values of that column
    :param barred: users who must not be barred from the seat: the signer, and the
        person he stands in for
    :param companies: whose seats the signer, and the person he stands in for, may sign
    :param is_head: whether seats for heads of a department only are among them
    :param barred_lists: the columns that list people who may not sign; without
        "barred_signed" for seats that one may see though one has signed another
    """

    column: str
    ids: tuple
    barred: tuple
    companies: tuple
    is_head: bool = True
    barred_lists: tuple = BARRED_LISTS

    def to_domain(self):
        domain = Domain(self.column, "in", self.ids)
        domain &= Domain("barred_user_id", "not in", self.barred)
        domain &= Domain("company_id", "in", self.companies)
        for name in self.barred_lists:
            domain &= Domain.custom(
                to_sql=lambda tasks, alias, query, name=name: self._none_listed(
                    tasks._field_to_sql(alias, name, query)
                ),
                predicate=lambda task, name=name: (
                    not set(self.barred) & {*(task[name] or ())}
                ),
            )
        return domain if self.is_head else domain & Domain("is_head_only", "=", False)

    def _none_listed(self, column):
        """Return the condition that nobody in a list of ids is among the signers."""
        return SQL(
            "(%(column)s @> ANY (%(barred)s::jsonb[])) IS NOT TRUE",
            column=column,
            barred=[str(user_id) for user_id in self.barred],
        )

    def to_sql(self, tasks):
        """The same as a condition in SQL: the counter is asked too often to have it
        worked out from the domain each time."""
        condition = SQL(
            "%s IN %s AND (%s IN %s) IS NOT TRUE AND %s IN %s AND %s AND %s",
            tasks._field_to_sql(tasks._table, self.column),
            self.ids,
            tasks._field_to_sql(tasks._table, "barred_user_id"),
            self.barred,
            tasks._field_to_sql(tasks._table, "company_id"),
            self.companies or (0,),
            *(
                self._none_listed(tasks._field_to_sql(tasks._table, name))
                for name in self.barred_lists
            ),
        )
        if self.is_head:
            return condition
        head_only = tasks._field_to_sql(tasks._table, "is_head_only")
        return SQL("%s AND %s IS NOT TRUE", condition, head_only)


class OrderReviewTask(models.Model):
    """Which seats are mine: to sign now, held once, and how many wait."""

    _inherit = "order.review.task"

    @api.depends(
        "state",
        "user_id",
        "signer_list_id",
        "department_id",
        "group_id",
        "barred_user_id",
        *BARRED_LISTS,
    )
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
        """Return the domain of the seats that ``user`` holds, held or gave away, and
        of those that he could sign if he had not signed another one."""
        return (
            Domain.OR(
                address._replace(barred_lists=("barred_later",)).to_domain()
                for address in self._addresses(user)
            )
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
        return Domain.OR(address.to_domain() for address in self._addresses(user))

    @api.model
    def _addresses(self, user):
        """Return every :class:`Address` under which seats wait for ``user``: each is
        answered by one index."""
        addresses = []
        for person in user._get_signing_capacities():
            barred = (user.id, person.principal)
            common = (barred, tuple(sorted(person.companies)))
            addresses.append(Address("user_id", (person.principal,), *common))
            addresses += [
                Address("department_id", (one,), *common, one in person.headed)
                for one in sorted(person.departments | person.headed)
            ]
            if person.groups:
                addresses.append(Address("group_id", tuple(person.groups), *common))
            if person.lists:
                addresses.append(
                    Address("signer_list_id", tuple(person.lists), *common)
                )
        return addresses

    def _capacity(self, user):
        """Return in which capacity ``user`` may sign this task, or ``None``."""
        self.ensure_one()
        barred = self._get_barred()
        if user.id in barred:
            return None
        company = self.company_id.id
        named, department = self.user_id.id, self.department_id.id
        for person in user._get_signing_capacities():
            if person.principal in barred or company not in person.companies:
                continue
            if (
                named == person.principal
                or department
                in (person.headed if self.is_head_only else person.departments)
                or self.group_id.id in person.groups
                or self.signer_list_id.id in person.lists
            ):
                return person
        return None

    @api.model
    @public_act
    def my_waiting_count(self):
        """Return how many seats wait for the caller, at most :data:`COUNTER_LIMIT`.

        One query over partial indexes, whatever the history and the backlog: each way
        of being addressed is read along its own index, in its order and up to the
        limit. A single condition would be looked for from the beginning of the table,
        where everything was decided long ago.
        """
        opened = self._search(Domain("state", "=", "open"))
        rows = SQL(
            "SELECT %s AS id FROM %s WHERE %s",
            SQL.identifier(self._table, "id"),
            opened.from_clause,
            opened.where_clause,
        )
        order = SQL.identifier(self._table, "opened_at")
        arms = [
            SQL(
                "(%s AND %s ORDER BY %s LIMIT %s)",
                rows,
                address.to_sql(self),
                order,
                COUNTER_LIMIT,
            )
            for address in self._addresses(self.env.user)
        ]
        if not arms:
            return 0
        [[count]] = self.env.execute_query(
            SQL("SELECT COUNT(*) FROM (%s) AS mine", SQL(" UNION ").join(arms))
        )
        return min(count, COUNTER_LIMIT)
