from odoo import api, fields, models
from odoo.fields import Domain

from ..intake.order_states import HELD
from .statements import (
    DEPARTMENT_OF,
    get_asked_domain,
    get_companies_stating,
    get_my_statements_domain,
    get_people_stating,
)


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
        if companies := get_companies_stating(self.env):
            here = self.filtered(lambda order: order.company_id.id in companies)
            mine = here.filtered_domain(get_my_statements_domain(self.env))
        for order in self:
            order.statement_is_mine = order in mine

    def _search_statement_is_mine(self, operator, value):
        self._check_field_access(self._fields["statement_is_mine"], "read")
        if operator != "in":
            return NotImplemented
        return get_my_statements_domain(self.env)

    @api.depends("effect_state", "effect_waiting", "company_id")
    @api.depends_context("uid")
    def _compute_statement_waits_for_me(self):
        for order in self:
            kinds = set(order.effect_waiting or ()) & DEPARTMENT_OF.keys()
            order.statement_waits_for_me = order.effect_state == HELD and any(
                self.env.uid in get_people_stating(order, kind) for kind in kinds
            )

    def _search_statement_waits_for_me(self, operator, value):
        self._check_field_access(self._fields["statement_waits_for_me"], "read")
        if operator != "in":
            return NotImplemented
        # what waits is a small part of what is held
        held = self.sudo().search(
            Domain("company_id", "in", get_companies_stating(self.env))
            & get_asked_domain(self.env)
        )
        return Domain("id", "in", held.filtered("statement_waits_for_me").ids)

    def _after_facts_written(self):
        # what was said of other facts is asked for again
        held = self.filtered(lambda order: order.sudo().effect_state == HELD)
        held.sudo()._mark_for_recheck("effect")  # whoever changes something

    # -- telling them ------------------------------------------------------------------
