from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..mechanism.engine import public_act
from ..purchase_requests.order_purchase_request import OUTSOURCING, RELEASED


class OrderMeasure(models.Model):
    """What is done to finish a production order sooner (URG-4): 加班, 三班倒, 委外.

    Outsourcing makes a request for quotation through Odoo's own subcontracting and
    takes the quantity off the production order.
    """

    _name = "order.measure"
    _inherit = ["order.typed.mixin"]
    _description = "Measure of Production"
    _order = "date_from, id"
    _check_company_auto = True

    production_id = fields.Many2one(
        "mrp.production",
        string="Production Order",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="production_id.company_id", store=True)
    is_urgent = fields.Boolean(related="production_id.is_urgent")
    product_id = fields.Many2one(related="production_id.product_id")
    product_uom_id = fields.Many2one(related="production_id.product_uom_id")
    kind = fields.Selection(
        [
            ("overtime", "Overtime"),
            ("shifts", "Three shifts"),
            ("outsourcing", "Outsourcing"),
        ],
        required=True,
        default="overtime",
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)
    hours = fields.Float(help="Working hours gained, all days together.")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        check_company=True,
    )
    has_owner = fields.Boolean(related="user_id.active", string="Has Somebody")
    note = fields.Char(string="Remark")
    partner_id = fields.Many2one(
        "res.partner", string="Subcontractor", check_company=True
    )
    quantity = fields.Float(
        string="Outsourced Quantity",
        digits="Product Unit",
        help="In the unit of the production order.",
    )
    purchase_line_id = fields.Many2one(
        "purchase.order.line",
        string="Purchase",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    purchase_number = fields.Char(
        related="purchase_line_id.order_id.name", string="Purchase Order"
    )
    request_number = fields.Char(
        related="purchase_line_id.order_request_line_id.request_id.name",
        string="Subcontracting Plan",
    )

    _dates_ordered = models.Constraint(
        "CHECK (date_from <= date_to)", "A measure ends after it begins."
    )

    @api.constrains("hours", "quantity")
    def _check_numbers(self):
        if self.filtered(lambda measure: measure.hours < 0 or measure.quantity < 0):
            raise ValidationError(
                self.env._("Hours and quantity of a measure are not negative.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_outsourced(self):
        ordered = self.filtered("purchase_line_id")
        if ordered:
            raise UserError(
                self.env._(
                    "%s was outsourced already: cancel the purchase instead.",
                    ", ".join(ordered.production_id.mapped("name")),
                )
            )

    @api.depends("kind", "production_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for measure in self:
            measure.display_name = (
                f"{measure.production_id.name}: {kinds[measure.kind]}"
            )

    def write(self, vals):
        fixed = {"production_id", "kind", "partner_id", "quantity"} & vals.keys()
        if fixed and self.filtered("purchase_line_id") and not self.env.su:
            raise UserError(
                self.env._("It is outsourced already: change the purchase instead.")
            )
        return super().write(vals)

    # -- outsourcing -------------------------------------------------------------------

    @public_act
    def action_outsource(self):
        """Ask the subcontractors for what these measures outsource.

        :raise UserError: everything that is missing, for all of them at once

        [URG-4] through Odoo's own subcontracting.
        """
        self.check_access("write")
        problems = [
            f"{measure.display_name}: {problem}"
            for measure in self
            for problem in measure._find_outsourcing_problems()
        ]
        if problems:
            raise UserError("\n".join(problems))
        for measure in self.sudo():  # as core: who causes a purchase need not see it
            measure.purchase_line_id = measure._create_purchase().order_line
            measure._take_off_production()
        return True

    def _find_outsourcing_problems(self):
        """Return what keeps one measure from being outsourced, in words."""
        self.ensure_one()
        production = self.production_id
        if self.kind != "outsourcing":
            return [self.env._("this is no outsourcing")]
        if self.purchase_line_id:
            return [self.env._("it is outsourced already")]
        problems = []
        if production.state not in {"draft", "confirmed", "progress"}:
            problems.append(self.env._("the production order is finished or cancelled"))
        left = production.product_qty - production.qty_produced
        uom = self.product_uom_id
        if uom.compare(self.quantity, 0) <= 0 or uom.compare(self.quantity, left) > 0:
            most = uom._spell_quantity(left)
            problems.append(self.env._("enter a quantity of at most %s", most))
        elif production.state == "progress" and uom.compare(self.quantity, left) == 0:
            problems.append(
                self.env._("work has begun: leave something to finish here")
            )
        if not self.partner_id:
            problems.append(self.env._("choose a subcontractor"))
        elif not self._find_subcontract_bom():
            problems.append(
                self.env._(
                    "%(product)s has no bill of materials of the type “Subcontracting” "
                    "for %(partner)s: ask engineering to create it",
                    product=self.product_id.display_name,
                    partner=self.partner_id.display_name,
                )
            )
        return problems

    def _find_subcontract_bom(self):
        return self.env["mrp.bom"]._bom_subcontract_find(
            self.product_id,
            company_id=self.company_id.id,
            bom_type="subcontract",
            subcontractor=self.partner_id,
        )

    def _get_request_line(self):
        """Return the requested goods that one measure orders by, where the company buys
        on request only: of a released plan of the production order that still covers
        them, else of a new one, which is filled in and has to be released. [MFG-3]"""
        lines = self.env["order.purchase.request.line"]
        if self.company_id.id not in self.company_id._get_purchase_gates():
            return lines
        known = lines.search(
            [
                ("request_id.kind", "=", OUTSOURCING),
                ("request_id.state", "=", RELEASED),
                ("request_id.production_ids", "in", self.production_id.ids),
                ("product_id", "=", self.product_id.id),
                ("partner_id", "in", [False, self.partner_id.id]),
            ]
        )
        for line in known:
            unit = line.product_uom_id
            asked = self.product_uom_id._compute_quantity(self.quantity, unit)
            if unit.compare(line._get_unasked(), asked) >= 0:
                return line
        request = self.env["order.purchase.request"].create(
            self._prepare_request_values()
        )
        request._leave_todo(
            "request.release",
            self.env._("Have the outsourcing approved"),
            self.env._("Ordered when the plan is released: %s", self.display_name),
            user=self.env.user,
        )
        return request.line_ids

    def _prepare_request_values(self):
        production = self.production_id
        return {
            "kind": OUTSOURCING,
            "company_id": self.company_id.id,
            "warehouse_id": production.picking_type_id.warehouse_id.id,
            "production_ids": [Command.set(production.ids)],
            "note": self.note,
            "line_ids": [
                Command.create(
                    {
                        "product_id": self.product_id.id,
                        "product_uom_id": self.product_uom_id.id,
                        "quantity": self.quantity,
                        "wanted_date": self.date_to,
                        "use": production.name,
                        "partner_id": self.partner_id.id,
                    }
                )
            ],
        }

    def _create_purchase(self):
        production = self.production_id
        warehouse = production.picking_type_id.warehouse_id
        # the purchase is made in the company of the production order
        purchase = self.env["purchase.order"].with_company(self.company_id)
        return purchase.create(
            {
                "partner_id": self.partner_id.id,
                "origin": production.name,
                "company_id": self.company_id.id,
                "picking_type_id": warehouse.in_type_id.id,
                "reference_ids": [Command.set(production.reference_ids.ids)],
                "priority": production.priority or "0",
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product_id.id,
                            "product_qty": self.quantity,
                            "product_uom_id": self.product_uom_id.id,
                            "date_planned": self.date_to,
                            "order_request_line_id": self._get_request_line().id,
                            # what waits for the production waits for the purchase too
                            "move_dest_ids": [
                                Command.set(
                                    production.move_finished_ids.move_dest_ids.ids
                                )
                            ],
                        }
                    )
                ],
            }
        )

    def _take_off_production(self):
        """Make here only what is not made by the subcontractor."""
        production = self.production_id
        left = production.product_qty - self.quantity
        if self.product_uom_id.is_zero(left):
            production.action_cancel()
        else:
            change = self.env["change.production.qty"].create(
                {"mo_id": production.id, "product_qty": left}
            )
            change.change_prod_qty()
        production._message_log(
            body=self.env._(
                "%(quantity)s %(unit)s outsourced to %(partner)s: %(purchase)s",
                quantity=self.product_uom_id._spell_quantity(self.quantity),
                unit=self.product_uom_id.name,
                partner=self.partner_id.display_name,
                purchase=self.purchase_line_id.order_id.name,
            )
        )

    def _on_purchase_cancelled(self):
        """Tell whoever plans the production that the quantity is missing again."""
        for measure in self:
            measure.production_id._tell_owner(
                self.env._(
                    "%(purchase)s is cancelled: nobody makes %(quantity)s %(unit)s of "
                    "%(product)s now. Raise the quantity of a production order.",
                    purchase=measure.purchase_line_id.order_id.name,
                    quantity=measure.product_uom_id._spell_quantity(measure.quantity),
                    unit=measure.product_uom_id.name,
                    product=measure.product_id.display_name,
                ),
                key=f"measure.cancelled.{measure.id}",
            )

    # -- words -------------------------------------------------------------------------

    def _spell(self):
        """Return a row of the forms: production order, kind, days, hours, remark."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        remark = [self.note or ""]
        if self.kind == "outsourcing":
            quantity = self.product_uom_id._spell_with_unit(self.quantity)
            remark = [self.partner_id.name or "", quantity, *remark]
        return {
            "production": self.production_id.name,
            "kind": kinds[self.kind],
            "days": f"{self.date_from} – {self.date_to}",
            "hours": self.env["res.lang"]._spell_number(self.hours, 2)
            if self.hours
            else "",
            "user": self.user_id.sudo().name or "",  # a name on a form
            "remark": " ".join(word for word in remark if word),
        }
