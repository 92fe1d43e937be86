import re

from odoo import api, fields, models


class OrderProcedureSwitchSeat(models.TransientModel):
    """One seat of a procedure and who is to sign there: chosen, or made by a name."""

    _name = "order.procedure.switch.seat"
    _inherit = ["order.question.mixin"]
    _description = "Who Signs"
    _order = "id"

    page_id = fields.Many2one(
        "order.procedure.switch", required=True, ondelete="cascade", index=True
    )
    department_id = fields.Many2one(
        "order.department", required=True, readonly=True, ondelete="cascade"
    )
    is_head = fields.Boolean(readonly=True)
    seat_name = fields.Char(string="Seat", compute="_compute_seat_name")
    stages = fields.Char(string="Asked for in", readonly=True)
    present = fields.Char(string="Signs Now", readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Colleague", domain="[('share', '=', False)]"
    )
    user_name = fields.Char(string="Or New: Name")
    login = fields.Char(
        compute="_compute_login", store=True, readonly=False, precompute=True
    )
    right_names = fields.Char(string="Rights Given", compute="_compute_right_names")

    @api.depends("department_id", "is_head")
    @api.depends_context("lang")
    def _compute_seat_name(self):
        for seat in self:
            name = seat.department_id.name or ""
            seat.seat_name = (
                self.env._("%s: head", name)
                if seat.is_head
                else self.env._("%s: member", name)
            )

    @api.depends("user_name", "user_id")
    def _compute_login(self):
        """Propose a login that can be typed on any keyboard."""
        for seat in self:
            if seat.user_id or not seat.user_name:
                seat.login = False
            elif not seat.login:
                seat.login = seat._propose_login()

    @api.onchange("user_name")
    def _onchange_user_name(self):
        """Take the colleague of this name, if there is one: nobody gets two logins."""
        name = (self.user_name or "").strip()
        namesakes = name and self.env["res.users"].search(
            [
                ("name", "=", name),
                ("share", "=", False),
                ("company_ids", "in", self.page_id.company_id.ids),
            ],
            limit=2,
        )
        if len(namesakes) == 1:
            self.user_id, self.user_name = namesakes, False

    def _propose_login(self):
        """Return a login that nobody has: the name if it is in Latin letters, else what
        the department is called in the data."""
        word = re.sub(r"[^a-z0-9]", "", self.user_name.lower())
        if not word:
            xmlid = self.department_id.get_external_id().get(
                self.department_id._origin.id
            )
            word = (xmlid or "").rpartition("order_department_")[2] or "user"
        # which logins are taken is asked so that none is refused
        users = self.env["res.users"].sudo().with_context(active_test=False)
        taken = set(users.search([("login", "=like", f"{word}%")]).mapped("login"))
        taken |= {other.login for other in self.page_id.seat_ids - self}
        login, number = word, 1
        while login in taken:
            number += 1
            login = f"{word}{number}"
        return login

    @api.depends("department_id")
    @api.depends_context("lang")
    def _compute_right_names(self):
        for seat in self:
            # the names of groups are no secret
            groups = seat._get_rights().sudo()
            seat.right_names = ", ".join(map(self._name_right, groups)) or False

    @api.model
    def _name_right(self, group):
        """Return the name of a group; of one that is alone in its row, only once."""
        row = group.privilege_id.name
        return group.name if row == group.name else group.full_name

    def _get_rights(self):
        """Return the groups that go with the department."""
        rights = self.env["order.department.right"].search(
            [("department_id", "in", self.department_id.ids)]
        )
        return rights.group_id
