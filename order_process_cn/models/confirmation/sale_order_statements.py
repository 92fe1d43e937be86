from odoo import api, fields, models
from odoo.fields import Domain

from ..effect.sale_order_effect import HELD
from .sale_order_confirmation import DEPARTMENT_OF

# under which key a department finds its to-do
TODO_KEY = "statement.%s"


class SaleOrder(models.Model):
    """Who is asked to confirm an order in writing, and how he comes by it (CFM-3).

    Like a signer the order in which he holds a seat, a department reads the orders for
    which its statement is asked, and keeps those for which one of its people gave it.
    """

    _inherit = "sale.order"

    statement_is_mine = fields.Boolean(
        string="My Department Confirms",
        compute="_compute_statement_is_mine",
        search="_search_statement_is_mine",
        compute_sudo=True,
        help="A written confirmation is asked of a department to which the reader "
        "belongs, or was given by himself.",
        groups="base.group_user",
    )
    statement_waits_for_me = fields.Boolean(
        string="To Be Confirmed by Me",
        compute="_compute_statement_waits_for_me",
        search="_search_statement_waits_for_me",
        compute_sudo=True,
        groups="base.group_user",
    )

    # -- whose it is -------------------------------------------------------------------

    @api.depends("effect_state", "order_type_id", "company_id", "statement_ids.user_id")
    @api.depends_context("uid")
    def _compute_statement_is_mine(self):
        mine = self.browse()
        if companies := self._get_companies_stating():
            here = self.filtered(lambda order: order.company_id.id in companies)
            mine = here.filtered_domain(self._get_my_statements_domain())
        for order in self:
            order.statement_is_mine = order in mine

    def _search_statement_is_mine(self, operator, value):
        self._check_field_access(self._fields["statement_is_mine"], "read")
        if operator != "in":
            return NotImplemented
        return self._get_my_statements_domain()

    @api.depends("effect_state", "effect_waiting", "company_id")
    @api.depends_context("uid")
    def _compute_statement_waits_for_me(self):
        for order in self:
            kinds = set(order.effect_waiting or ()) & DEPARTMENT_OF.keys()
            order.statement_waits_for_me = order.effect_state == HELD and any(
                self.env.uid in order._get_people_stating(kind) for kind in kinds
            )

    def _search_statement_waits_for_me(self, operator, value):
        self._check_field_access(self._fields["statement_waits_for_me"], "read")
        if operator != "in":
            return NotImplemented
        # what waits is a small part of what is held
        held = self.sudo().search(
            Domain("company_id", "in", self._get_companies_stating())
            & self._get_asked_domain()
        )
        return Domain("id", "in", held.filtered("statement_waits_for_me").ids)

    @api.model
    def _get_my_statements_domain(self):
        given = [("user_id", "=", self.env.uid), ("kind", "in", [*DEPARTMENT_OF])]
        # any!: they are his own
        mine = Domain("statement_ids", "any!", given) | self._get_asked_domain()
        # nothing is looked for as long as one belongs to no such department
        return Domain("company_id", "in", self._get_companies_stating()) & mine

    @api.model
    def _get_asked_domain(self):
        """Return the domain of the orders that wait for statements."""
        types = self.env["order.type"]._ids_requiring_technical()
        return Domain("effect_state", "=", HELD) & Domain(
            "order_type_id", "in", sorted(types)
        )

    @api.model
    def _get_companies_stating(self):
        """Return the ids of the companies in which the reader belongs to a department
        that makes statements."""
        return [
            company_id
            for company_id in self.env.user._get_company_ids()
            if any(
                self.env.uid in self._get_roster(kind, company_id)[1]
                for kind in DEPARTMENT_OF
            )
        ]

    @api.model
    def _get_roster(self, kind, company_id):
        """Return ``(head id or False, (member id, …))`` of the department that makes
        statements of ``kind`` in a company."""
        department_id = self.env["ir.model.data"]._xmlid_to_res_id(DEPARTMENT_OF[kind])
        rosters = self.env["order.department"]._rosters(company_id)
        return rosters.get(department_id, (False, ()))

    def _get_people_stating(self, kind):
        """Return the ids of the users who may make a statement of ``kind``."""
        return self._get_roster(kind, self.company_id.id)[1]

    def _get_kinds_stated_here(self):
        """Return the kinds of statements that the reader may make about one order,
        those first that it waits for."""
        waiting = self.effect_waiting or ()
        kinds = [
            k for k in DEPARTMENT_OF if self.env.uid in self._get_people_stating(k)
        ]
        return sorted(kinds, key=lambda kind: kind not in waiting)

    def _spell_people_stating(self, kind, owner):
        """Return ``owner``, whose move a statement of ``kind`` is, or that nobody can
        make it."""
        if kind not in DEPARTMENT_OF or self._get_people_stating(kind):
            return owner
        return self.env._("nobody: the department “%s” has no people", owner)

    def _after_facts_written(self):
        # what was said of other facts is asked for again
        held = self.filtered(lambda order: order.sudo().effect_state == HELD)
        held.sudo()._mark_for_recheck("effect")  # whoever changes something

    # -- telling them ------------------------------------------------------------------

    def _ask_in_writing(self):
        """Leave each department one to-do for as long as its statement is missing: its
        head, or else the first of its people. Called by the recheck worker."""
        names = self._name_effect_conditions()
        for kind in DEPARTMENT_OF:
            asked = self.filtered(
                lambda order, kind=kind: (
                    order.effect_state == HELD and kind in (order.effect_waiting or ())
                )
            )
            # what was said, taken back or cancelled is asked of nobody
            (self - asked)._find_todos(TODO_KEY % kind).unlink()
            for company, orders in asked.grouped("company_id").items():
                head, people = self._get_roster(kind, company.id)
                user = self.env["res.users"].browse(head or people[:1])
                if user:
                    orders._leave_todo(
                        TODO_KEY % kind,
                        self.env._("Confirm in writing: %s", names[kind]),
                        user=user,
                    )
