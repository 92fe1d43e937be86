from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..intake.classification import get_order_type
from ..mechanism.order_condition_mixin import Condition

# what a company may choose to guard, and the states behind the gate
GUARDED_STATES = {
    "start": {"progress", "to_close", "done"},
    "confirm": {"confirmed", "progress", "to_close", "done"},
}


class MrpProduction(models.Model):
    """The countersign of a work order (MFG-5): 业务, 计划, 工程, 仓库, 生产."""

    _inherit = "mrp.production"

    components_text = fields.Text(
        string="Materials Needed",
        compute="_compute_components_text",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("move_raw_ids.product_uom_qty", "move_raw_ids.product_id")
    def _compute_components_text(self):
        """What a signer without rights on stock moves is shown."""
        for production in self:
            moves = production.move_raw_ids.filtered(lambda m: m.state != "cancel")
            production.components_text = "\n".join(
                f"{move.product_id.display_name} × "
                f"{move.product_uom._spell_with_unit(move.product_uom_qty)}"
                for move in moves
            )

    # -- whom, which, how much ---------------------------------------------------------

    def _get_review_type(self):
        # superuser already: which kind of order it is made for decides the route
        return (
            get_order_type(self._get_sale_orders()[:1])
            if (self._get_sale_orders())
            else super()._get_review_type()
        )

    def _get_review_people(self):
        order = self._get_sale_orders()[:1]
        return {"salesperson": order.user_id, "team_leader": order.team_id.user_id}

    def _get_review_routes(self):
        routes = super()._get_review_routes()
        # a subcontractor's order is started by the receipt: nobody here works on it.
        # Asked only of those that a route would review
        asked = self.filtered(lambda production: routes[production])
        outside = asked._filtered_made_elsewhere()
        return {**routes, **dict.fromkeys(outside, self.env["order.review.route"])}

    def _get_review_begun(self):
        # a backorder was begun with the order that it was split off
        begun = self.sudo()._get_review_family().mapped("review_begun_at")
        return min(filter(None, begun), default=False)

    def _get_review_summary(self):
        self.ensure_one()
        order = self._get_sale_orders()[:1]
        return {
            **super()._get_review_summary(),
            "partner_id": order.partner_id.id,
            "owner_id": self.user_id.id or order.user_id.id,
            "order_type_id": self._get_review_type().id,
            "is_urgent": order.is_urgent,
        }

    def _get_review_lines(self):
        self.ensure_one()
        return [
            f"{self.product_id.display_name} × "
            f"{self.product_uom_id._spell_with_unit(self.product_qty)}"
        ]

    def _get_review_head(self):
        self.ensure_one()
        order = self._get_sale_orders()[:1]
        return [
            (self.env._("Product"), self.product_id.display_name),
            (
                self.env._("Quantity"),
                self.product_uom_id._spell_with_unit(self.product_qty),
            ),
            (self.env._("Bill of Materials"), self.bom_id.display_name or ""),
            (self.env._("Sales Order"), order.name or ""),
            (self.env._("Customer"), order.partner_id.display_name or ""),
            (self.env._("Start"), self._spell_date(self.date_start)),
            (self.env._("Finish"), self._spell_date(self.date_finished)),
        ]

    def _is_review_used(self):
        return self.state in GUARDED_STATES[self._get_guarded_step()]

    # -- submission and gate -----------------------------------------------------------

    @api.model
    def _without_unseen_workorders(self, vals):
        """Return the values of a new order without work orders that say nothing.

        The form of whoever is not shown work orders (the option of Manufacturing is
        off for him) knows how many the bill of materials asks for and nothing else,
        and sends as many empty ones when it is saved. Left out, they are made from the
        bill of materials, as in a form that shows them.
        """
        commands = vals.get("workorder_ids")
        if not commands:
            return vals
        told = [
            command
            for command in commands
            if command[0] != Command.CREATE or any(command[2].values())
        ]
        if len(told) == len(commands):
            return vals
        vals = {key: value for key, value in vals.items() if key != "workorder_ids"}
        return {**vals, "workorder_ids": told} if told else vals

    def _may_start_review(self):
        return self.state not in {"done", "cancel"}

    def _get_submission_problems(self):
        problems = super()._get_submission_problems()
        for production in self:
            if gap := production._find_unreleased():
                problems.append(gap)
            if not production._may_start_review():
                problems.append(self.env._("%s is finished.", production.name))
        return problems

    def _find_agreement_gap(self):
        """[MFG-5] a bill of materials that was exchanged, taken over anew or edited
        since the submission is released before anybody signs the order by it."""
        gaps = [part._find_unreleased() for part in self._get_parts_to_make()]
        return " ".join(filter(None, gaps)) or super()._find_agreement_gap()

    def _find_unreleased(self):
        """Return in words what engineering has not released of one order, and what may
        be done, or ``False``."""
        self.ensure_one()
        if not self.bom_id:
            return self.env._(
                "%s has no bill of materials: choose one that engineering has "
                "released.",
                self.name,
            )
        if self.bom_id.is_released:
            return False
        return self.env._(
            "%(production)s: engineering has not released the bill of materials "
            "%(bom)s. Have it released there, or choose another that is.",
            production=self.name,
            bom=self.bom_id.display_name,
        )

    def _refuse_other_bom(self, bom_id):
        """Say what can be done where the gate would only say no: what is begun stays
        begun, so that nobody could be asked to sign it in between. [MFG-5]

        :raise UserError: one of these is being made as it was signed
        """
        begun = self.sudo().filtered(  # whether it was signed is no secret
            lambda production: (
                production.state in {"progress", "to_close"}
                and production.bom_id.id != bom_id
                and production._get_standing_reviews()
            )
        )
        if begun:
            self.check_access("write")
            raise UserError(
                self.env._(
                    "Being made by the bill of materials that was signed: %s. Produce "
                    "what is begun; the backorder for the rest can be given another "
                    "one, and is signed again before it is made.",
                    ", ".join(begun.mapped("name")),
                )
            )

    def _get_standing_reviews(self):
        """A backorder inherits the countersign of the order it was split from; a
        duplicate and a merged order do not."""
        standing = super()._get_standing_reviews()
        for production in self - self.browse([p.id for p in standing]):
            family = production.production_group_id.production_ids - production
            inherited = super(MrpProduction, family)._get_standing_reviews()
            if inherited:
                standing[production] = next(iter(inherited.values()))
        return standing

    def _get_guarded_step(self):
        """Return "start" or "confirm": what waits for the countersign."""
        return self.company_id.order_production_gate or "start"

    def _name_asking_button(self):
        # whichever of them is there: at the gate the order is beyond it already
        return self.env._("Confirm / Start / Produce All")

    def _ask_before(self, step):
        """Have those sign who have to before a button takes these orders to ``step``.

        :return: a message that names them, for a person; a scheduled action cannot
            read it: what it leaves undone is looked at by the worker
        """
        if self.env.su:
            return False
        guarded = self.filtered(lambda p: p._get_guarded_step() in {step, "confirm"})
        return guarded._open_missing_seats()

    def _is_being_given_up(self):
        """Whether every operation of one order is cancelled and nothing was done: core
        cancels an order by way of that, and calls it "to close" on the way."""
        return (
            self.state == "to_close"
            and bool(self.workorder_ids)
            and set(self.workorder_ids.mapped("state")) == {"cancel"}
            and not self.qty_producing
            and not any((self.move_raw_ids | self.move_finished_ids).mapped("picked"))
        )

    def _condition_bom(self):
        """[MFG-5] engineering has released the bill of materials. What was signed
        before somebody edits it goes on as it was signed."""
        concerned = self.filtered("needs_review")
        standing = concerned._get_standing_reviews()
        return {
            production: Condition(
                "bom",
                self.env._("Released bill of materials"),
                production.bom_id.is_released,
                self.env._("Engineering"),
                production.bom_id.display_name or "",
            )
            for production in concerned
            if production not in standing or standing[production].state != "approved"
        }

    def _condition_countersign(self):
        """[MFG-5] the work order is countersigned."""
        return self._condition_of_review(
            "countersign", self.env._("Countersigned work order")
        )

    # -- the printed work order F07 ----------------------------------------------------

    def _get_form_document(self):
        return self.name

    def _get_form_watermark(self):
        return self._get_review_watermark()
