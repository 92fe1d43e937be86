from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..mechanism.engine import public_act, take_turns
from .order_drawing_recipient import COPY_KINDS
from .order_drawing_set import ISSUED, RECOVERED, WORKSHOP

RECEIPT = {"received_by_id", "received_on"}
RETURN = {"returned_to_id", "returned_on"}


class OrderDrawingHandover(models.Model):
    """图纸交接表 (F10): which drawings were given to whom, who signed for them and
    when they came back (MFG-2). Kept as it happened; what was open is ended once."""

    _name = "order.drawing.handover"
    _inherit = ["order.engine.mixin", "order.append.only.mixin"]
    _description = "Hand-over of Drawings"
    _order = "id"

    set_id = fields.Many2one(
        "order.drawing.set",
        string="Drawing Set",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="set_id.company_id", store=True, index=True)
    # who signs for drawings need not see the set
    product_id = fields.Many2one(related="set_id.product_id", related_sudo=True)
    origin = fields.Char(related="set_id.origin", related_sudo=True)
    kind = fields.Selection(
        COPY_KINDS, string="Kind of Set", required=True, readonly=True
    )
    place = fields.Char(string="Goes to", readonly=True)
    department_id = fields.Many2one(
        "order.department",
        string="Signed for by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    sheet_ids = fields.Many2many(
        "order.drawing.sheet", string="Drawings", readonly=True
    )
    sheet_text = fields.Char(
        string="Drawing Numbers", compute="_compute_sheet_text", compute_sudo=True
    )
    sheet_digest = fields.Char(string="Fingerprint of Drawings", readonly=True)
    copy_count = fields.Integer(string="Number of Copies", readonly=True)
    is_awaited = fields.Boolean(string="Production Waits", readonly=True)
    must_return = fields.Boolean(string="Comes Back", readonly=True)
    given_by_id = fields.Many2one(
        "res.users", string="Handed over by", readonly=True, ondelete="restrict"
    )
    given_on = fields.Datetime(
        string="Handed over on",
        readonly=True,
        required=True,
        default=lambda self: fields.Datetime.now(),
    )
    received_by_id = fields.Many2one(
        "res.users", string="Received by", readonly=True, ondelete="restrict"
    )
    received_on = fields.Datetime(string="Received on", readonly=True)
    returned_to_id = fields.Many2one(
        "res.users", string="Recovered by", readonly=True, ondelete="restrict"
    )
    returned_on = fields.Datetime(string="Recovered on", readonly=True)
    waits_for_me = fields.Boolean(
        string="Waiting for My Receipt",
        compute="_compute_waits_for_me",
        search="_search_waits_for_me",
    )
    is_outside = fields.Boolean(
        string="To Be Recovered", compute="_compute_is_outside", store=True
    )

    @api.depends("sheet_ids.number", "sheet_ids.revision")
    def _compute_sheet_text(self):
        for handover in self:
            handover.sheet_text = ", ".join(s._spell() for s in handover.sheet_ids)

    @api.depends("must_return", "received_on", "returned_on")
    def _compute_is_outside(self):
        for handover in self:
            handover.is_outside = handover.must_return and not handover.returned_on

    @api.depends("set_id", "place")
    def _compute_display_name(self):
        for handover in self:
            name = handover.sudo().set_id.name  # a number
            handover.display_name = " · ".join(filter(None, [name, handover.place]))

    # -- who signs for it --------------------------------------------------------------

    @api.depends("received_on", "returned_on")
    @api.depends_context("uid")
    def _compute_waits_for_me(self):
        # the reader's own question: what he answers for
        mine = self.sudo().filtered_domain(self._mine_domain())
        for handover in self:
            handover.waits_for_me = handover.sudo() in mine

    def _search_waits_for_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._mine_domain()

    @api.model
    def _mine_domain(self):
        """What the reader answers for and has not signed for: as head of a department,
        or as a member of one that has no head."""
        found = Domain.FALSE
        capacities = self.env.user._get_signing_capacities()
        for company in self.env.user.company_ids:
            rosters = self.env["order.department"]._rosters(company.id)
            departments = {
                department
                for person in capacities
                if company.id in person.companies
                for department in person.departments
                if department in person.headed or not rosters[department][0]
            }
            found |= Domain("company_id", "=", company.id) & Domain(
                "department_id", "in", sorted(departments)
            )
        return (
            found
            & Domain("received_on", "=", False)
            & Domain("returned_on", "=", False)
            & Domain("set_id.state", "=", ISSUED)
        )

    def _get_receivers(self):
        """Return whoever answers for one hand-over."""
        rosters = self.env["order.department"]._rosters(self.company_id.id)
        head, members = rosters.get(self.department_id.id, (False, ()))
        return self.env["res.users"].browse([head] if head else members)

    def _ask_for_signature(self):
        """Leave whoever answers for these superuser rows a to-do on their set."""
        for handover in self.filtered(lambda h: not h.received_on):
            for user in handover._get_receivers():
                handover.set_id._leave_todo(
                    handover._get_key(),
                    self.env._("Sign for drawings"),
                    f"{handover.place}: {handover.sheet_text}",
                    user=user,
                )

    def _get_key(self):
        return f"drawings.receive.{self.id}"

    # -- buttons -----------------------------------------------------------------------

    @public_act
    def action_receive(self):
        """Sign for these drawings, as head of the department that gets them.

        :raise UserError: somebody else signs for one of them
        """
        self.check_access("read")
        take_turns(self)
        if others := self.filtered(lambda handover: not handover.waits_for_me):
            # who signs instead is no secret
            words = [handover._spell_refusal() for handover in others.sudo()]
            raise UserError("\n".join(words))
        # checked above as the caller
        self.sudo().write(
            {"received_by_id": self.env.uid, "received_on": fields.Datetime.now()}
        )
        for handover in self.sudo():
            handover.set_id._find_todos(handover._get_key()).unlink()
        return True

    def _spell_refusal(self):
        if self.received_on or self.returned_on or self.set_id.state != ISSUED:
            return self.env._("%s was signed for, or is back.", self.display_name)
        return self.env._(
            "%(handover)s is signed for by the head of %(department)s: %(people)s",
            handover=self.display_name,
            department=self.department_id.name,
            people=", ".join(self._get_receivers().mapped("name"))
            or self.env._("nobody is entered there"),
        )

    @public_act
    def action_recover(self):
        """Take these drawings back, when the work is done. [000 P02 ⑨]"""
        if not self.env.user.has_group(WORKSHOP):
            raise AccessError(self.env._("Production takes drawings back."))
        self.check_access("read")
        take_turns(self)
        if wrong := self - self._filtered_outside():
            raise UserError(
                self.env._(
                    "Not signed for yet, or nothing to come back: %s",
                    ", ".join(wrong.mapped("display_name")),
                )
            )
        handovers = self.sudo()  # checked above
        handovers.write(
            {"returned_to_id": self.env.uid, "returned_on": fields.Datetime.now()}
        )
        complete = handovers.set_id.filtered(
            lambda d: d.state == ISSUED and not any(d.handover_ids.mapped("is_outside"))
        )
        complete._move_to(RECOVERED)
        return True

    def _filtered_outside(self):
        """Return those that were signed for and have to come back."""
        return self.filtered(lambda h: h.is_outside and h.received_on)

    # -- what is kept ------------------------------------------------------------------

    def _check_alteration(self, vals):
        """Receipt and return are entered once each, by the engine."""
        for ends in (RECEIPT, RETURN):
            if (
                self.env.su
                and vals.keys() == ends
                and not any(handover[name] for handover in self for name in ends)
            ):
                return
        super()._check_alteration(vals)
