from collections import defaultdict

from odoo import Command, api, fields, models
from odoo.tools import float_repr

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

    # -- facts -------------------------------------------------------------------------

    def _collect_review_facts(self):
        """Quantities are ceilings: signatures vouch for up to so much, counted together
        with the backorders split off. Less is covered, more is not."""
        facts = {}
        for production in self:
            family = production._get_review_family()
            known = family._get_live_review_facts()
            facts[production] = {
                "document": {
                    "product_id": production.product_id.id,
                    "company_id": production.company_id.id,
                },
                "product": {
                    "bom_id": production.bom_id.id or 0,
                    **family._get_component_ceilings(known.get("product", {})),
                },
                "quantity": {
                    "product_qty": self._ceiling(
                        sum(family.mapped("product_qty")),
                        known.get("quantity", {}).get("product_qty"),
                    )
                },
                "dates": {"date_deadline": str(production.date_deadline or "")},
            }
        return facts

    def _get_review_family(self):
        """Return this order and the backorders it was split into or from."""
        self.ensure_one()
        family = self.production_group_id.production_ids | self
        return family.filtered(lambda production: production.state != "cancel")

    def _get_live_review_facts(self):
        """Return the facts of the review that holds for a family, or nothing."""
        live = self.review_id.filtered(
            lambda review: review.state in {"running", "approved", "declined"}
        )
        return live[:1].facts or {}

    def _get_component_ceilings(self, known):
        totals = defaultdict(float)
        for move in self.move_raw_ids:
            if move.state != "cancel":
                totals[f"component/{move.product_id.id}"] += move.product_uom_qty
        return {
            key: self._ceiling(total, known.get(key)) for key, total in totals.items()
        }

    @api.model
    def _ceiling(self, quantity, known):
        return float_repr(max(quantity, float(known or 0.0)), 2)

    def _describe_fact(self, key):
        if key.startswith("component/"):
            product = self.env["product.product"].browse(int(key.split("/")[1]))
            return product.exists().display_name or self.env._("removed component")
        return self._fields[key]._description_string(self.env)

    # -- whom, which, how much ---------------------------------------------------------

    def _get_sale_orders(self):
        self.ensure_one()
        return self.reference_ids.sale_ids | self.sale_line_id.order_id

    def _get_all_sale_orders(self):
        return self.reference_ids.sale_ids | self.sale_line_id.order_id

    def _get_review_type(self):
        # superuser already: which kind of order it is made for decides the route
        return (
            self._get_sale_orders()[:1]._get_order_type()
            if (self._get_sale_orders())
            else super()._get_review_type()
        )

    def _get_review_people(self):
        order = self._get_sale_orders()[:1]
        return {"salesperson": order.user_id, "team_leader": order.team_id.user_id}

    def _get_review_routes(self):
        # a subcontractor's order is started by the receipt: nobody here works on it
        own = self.filtered(lambda production: production.bom_id.type != "subcontract")
        none = dict.fromkeys(self, self.env["order.review.route"])
        return none | super(MrpProduction, own)._get_review_routes()

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
            (self.env._("Start"), fields.Date.to_string(self.date_start) or ""),
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
            if not production.bom_id.is_released:
                problems.append(
                    self.env._(
                        "%(production)s: engineering has not released the bill of "
                        "materials %(bom)s.",
                        production=production.name,
                        bom=production.bom_id.display_name or "",
                    )
                )
            if not production._may_start_review():
                problems.append(self.env._("%s is finished.", production.name))
        return problems

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

    def _condition_bom(self):
        """[MFG-5] engineering has released the bill of materials."""
        return {
            production: Condition(
                "bom",
                self.env._("Released bill of materials"),
                production.bom_id.is_released,
                self.env._("Engineering"),
                production.bom_id.display_name or "",
            )
            for production in self.filtered("needs_review")
            if not production.review_id
        }

    def _condition_countersign(self):
        """[MFG-5] the work order is countersigned."""
        concerned = self.filtered("needs_review")
        gaps = concerned._find_review_gaps()
        return {
            production: Condition(
                "countersign",
                self.env._("Countersigned work order"),
                production not in gaps,
                production.review_waiting_for or production.user_id.name or "",
                gaps.get(production, ""),
            )
            for production in concerned
        }

    # -- the printed work order F07 ----------------------------------------------------

    def _get_form_document(self):
        return self.name

    def _get_form_watermark(self):
        if self.state == "cancel":
            return self.env._("Void")
        # whether it is approved is printed for everybody
        if self.sudo().needs_review and self.sudo()._find_review_gaps():
            return self.env._("Not approved")
        return False
