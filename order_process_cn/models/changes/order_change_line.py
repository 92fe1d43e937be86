from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..prices.res_users import PRICE_GROUP
from .change_states import NEW_LINE


class OrderChangeLine(models.Model):
    """A line of an order, as it is and as it shall be; or one that is to be added."""

    _name = "order.change.line"
    _inherit = ["order.document.goods.mixin"]
    _description = "Changed Order Line"
    _document = "change_id"
    _entered = frozenset(
        {"product_id", "quantity", "price_unit", "discount", "specification"}
    )
    _order = "change_id, sequence, id"
    _check_company_auto = True

    change_id = fields.Many2one(
        "order.change.request",
        string="Change Request",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10, readonly=True)
    company_id = fields.Many2one(related="change_id.company_id", store=True)
    state = fields.Selection(related="change_id.state")
    currency_id = fields.Many2one(related="change_id.currency_id")
    order_line_id = fields.Many2one(
        "sale.order.line",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Empty: a line that is to be added.",
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('sale_ok', '=', True)]",
    )
    product_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_product_uom_id",
        store=True,
        precompute=True,
        ondelete="restrict",
    )
    old_product_id = fields.Many2one(
        "product.product", readonly=True, ondelete="restrict"
    )
    old_quantity = fields.Float(string="Ordered", digits="Product Unit", readonly=True)
    old_price_unit = fields.Float(
        string="Unit Price", digits="Product Price", readonly=True, groups=PRICE_GROUP
    )
    old_discount = fields.Float(
        string="Discount (%)", digits="Discount", readonly=True, groups=PRICE_GROUP
    )
    old_specification = fields.Char(string="Specification", readonly=True)
    quantity = fields.Float(string="New Quantity", digits="Product Unit")
    price_unit = fields.Float(
        string="New Unit Price",
        digits="Product Price",
        compute="_compute_price_unit",
        store=True,
        readonly=False,
        precompute=True,
        compute_sudo=True,
        groups=PRICE_GROUP,
    )
    discount = fields.Float(
        string="New Discount (%)", digits="Discount", groups=PRICE_GROUP
    )
    specification = fields.Char(
        string="New Specification",
        compute="_compute_specification",
        store=True,
        readonly=False,
        precompute=True,
    )
    delivered_qty = fields.Float(
        string="Delivered", related="order_line_id.qty_delivered"
    )
    invoiced_qty = fields.Float(string="Invoiced", related="order_line_id.qty_invoiced")
    # the groups of facts it touches, separated by commas
    touched = fields.Char(compute="_compute_touched", store=True, compute_sudo=True)

    _line_uniq = models.UniqueIndex(
        "(change_id, order_line_id)", "This line is on the change already."
    )

    @api.depends("product_id", "order_line_id")
    def _compute_product_uom_id(self):
        for line in self:
            same = line.product_id == line.order_line_id.product_id
            ordered = line.order_line_id.product_uom_id
            line.product_uom_id = ordered if same else line.product_id.uom_id

    @api.depends("product_id")
    def _compute_price_unit(self):
        """What another product costs by the price list of the order."""
        for line in self:
            if line.product_id == line.old_product_id:
                line.price_unit = line.old_price_unit
            else:
                order = line.change_id.order_id
                line.price_unit = order.pricelist_id._get_product_price(
                    line.product_id,
                    line.quantity or 1.0,
                    currency=order.currency_id,
                    uom=line.product_uom_id,
                )

    @api.depends("product_id")
    def _compute_specification(self):
        for line in self:
            same = line.product_id == line.old_product_id
            line.specification = (
                line.old_specification if same else line.product_id.specification
            )

    @api.depends(
        "product_id",
        "quantity",
        "price_unit",
        "discount",
        "specification",
        "old_product_id",
        "old_quantity",
        "old_price_unit",
        "old_discount",
        "old_specification",
    )
    def _compute_touched(self):
        for line in self:
            line.touched = ",".join(sorted(line._find_touched()))

    # -- entering ----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            allowed = self._entered | {"change_id", "sequence"}
            if any(vals.keys() - allowed for vals in vals_list):
                raise AccessError(self._spell_entered())
        lines = super().create(vals_list)
        if not self.env.su:
            lines.change_id._check_open()
            lines._on_entered()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su:
            self._on_entered()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_the_order(self):
        if self.env.su:
            return
        self.change_id._check_open()
        if self.order_line_id:
            raise UserError(
                self.env._(
                    "A line of the order is not deleted here: enter 0 as its new "
                    "quantity."
                )
            )

    def unlink(self):
        changes = self.change_id
        result = super().unlink()
        if not self.env.su:
            changes.sudo()._look_ahead()  # follows from what was entered
        return result

    def _on_entered(self):
        self.change_id._check_may_submit()
        self.change_id.sudo()._look_ahead()  # follows from what was entered

    @api.model
    def _spell_entered(self):
        return self.env._(
            "People enter product, quantity, price, discount and specification of a "
            "changed line; the rest follows."
        )

    @api.model
    def _propose(self, order, known=()):
        """Return the values of lines that say what ``order`` says.

        :param known: the order lines that are there already
        """
        return [
            {
                "order_line_id": line.id,
                "sequence": at,
                "product_id": line.product_id.id,
                **self._read_old(line),
                "quantity": line.product_uom_qty,
                "price_unit": line.price_unit,
                "discount": line.discount,
                "specification": line.specification,
            }
            for at, line in enumerate(order.order_line, start=1)
            if line.product_id and not line.is_downpayment and line not in known
        ]

    @api.model
    def _read_old(self, line):
        return {
            "old_product_id": line.product_id.id,
            "old_quantity": line.product_uom_qty,
            "old_price_unit": line.price_unit,
            "old_discount": line.discount,
            "old_specification": line.specification,
        }

    def _take_base(self):
        """Put these lines on what the order says now; what was not touched follows."""
        names = ("product_id", "quantity", "price_unit", "discount", "specification")
        for line in self.filtered("order_line_id"):
            old = self._read_old(line.order_line_id)
            same = {
                name: old[f"old_{name}"]
                for name in names
                if line[name] == line[f"old_{name}"]
            }
            line.write({**old, **same})
            if "product_id" not in same:
                continue
            # computed from the product, which is none of what was entered
            line.write(same)

    def _close_rest(self):
        """Order no more of these lines than has left."""
        for line in self.filtered("order_line_id"):
            line.quantity = min(line.quantity, line.order_line_id.qty_delivered)

    def _open_rest(self):
        """Order again of these lines what closing the rest had taken off them."""
        for line in self.filtered("order_line_id"):
            closed = min(line.old_quantity, line.order_line_id.qty_delivered)
            if not line.product_uom_id.compare(line.quantity, closed):
                # on a form: what was saved before
                saved = line._origin.quantity
                was_closed = not line.product_uom_id.compare(saved, closed)
                line.quantity = line.old_quantity if was_closed else saved

    # -- what is touched ---------------------------------------------------------------

    def _is_other_product(self):
        """Whether this is another line for the order: a new one, or an exchange."""
        self.ensure_one()
        return self.product_id != self.old_product_id

    def _find_touched(self):
        if not self.order_line_id:
            return {"product", "quantity", "price"} if self.quantity else set()
        if self._is_other_product():
            return {"product", "quantity", "price"}
        touched = set()
        if self.product_uom_id.compare(self.quantity, self.old_quantity):
            touched.add("quantity")
        if self.price_unit != self.old_price_unit or (
            self.discount != self.old_discount
        ):
            touched.add("price")
        if (self.specification or "") != (self.old_specification or ""):
            touched.add("product")
        return touched

    def _get_touched(self):
        self.ensure_one()
        return set(filter(None, (self.touched or "").split(",")))

    def _get_amended_groups(self):
        """Return the groups of facts of the order that this line makes different."""
        touched = self._get_touched()
        return touched | (NEW_LINE if touched and self._is_other_product() else set())

    # -- what it writes ----------------------------------------------------------------

    def _get_commands(self):
        """Return the commands by which these lines become those of their order."""
        commands = []
        for line in self.filtered("touched"):
            if line._is_other_product():
                if line.order_line_id:
                    # core lets nobody exchange what was launched: the rest is closed
                    left = {"product_uom_qty": line.order_line_id.qty_delivered}
                    commands.append(Command.update(line.order_line_id.id, left))
                commands.append(Command.create(line._get_values()))
            else:
                commands.append(
                    Command.update(line.order_line_id.id, line._get_values())
                )
        return commands

    def _get_values(self):
        """Return what one line writes. Price and discount go along with a quantity, or
        core would reckon them anew."""
        touched = self._get_touched()
        values = {"price_unit": self.price_unit, "discount": self.discount}
        if "quantity" in touched:
            values["product_uom_qty"] = self.quantity
        elif "price" not in touched:
            values = {}
        if self._is_other_product():
            values["product_id"] = self.product_id.id
            values["product_uom_id"] = self.product_uom_id.id
        if "product" in touched:
            values["specification"] = self.specification
        return values

    # -- in words ----------------------------------------------------------------------

    def _get_differences(self):
        """Return ``[(what, old, new), …]`` of one line in words."""
        self.ensure_one()
        touched, spell = self._get_touched(), self.product_uom_id._spell_with_unit
        if not touched:
            return []
        product, nothing = self.product_id.display_name, self.env._("(none)")
        if self._is_other_product():
            old_unit = self.order_line_id.product_uom_id
            old = self.order_line_id and self.env._(
                "%(product)s × %(quantity)s",
                product=self.old_product_id.display_name,
                quantity=old_unit._spell_with_unit(self.old_quantity),
            )
            new = self.env._(
                "%(product)s × %(quantity)s",
                product=product,
                quantity=spell(self.quantity),
            )
            rows = [(self.env._("Product"), old or nothing, new)]
            return rows + self._get_price_differences(product, nothing)
        rows = []
        if "quantity" in touched:
            rows.append(
                (
                    self.env._("%s: quantity", product),
                    spell(self.old_quantity),
                    spell(self.quantity),
                )
            )
        if "price" in touched:
            old = self._spell_price(self.old_price_unit, self.old_discount)
            rows += self._get_price_differences(product, old)
        if "product" in touched:
            rows.append(
                (
                    self.env._("%s: specification", product),
                    self.old_specification or nothing,
                    self.specification or nothing,
                )
            )
        return rows

    def _get_cancelled(self):
        """Return ``[(what, old, new), …]`` of lines that are cancelled with all of
        their order."""
        return [
            (
                self.env._("%s: quantity", line.old_product_id.display_name),
                line.order_line_id.product_uom_id._spell_with_unit(line.old_quantity),
                line.order_line_id.product_uom_id._spell_with_unit(0.0),
            )
            for line in self.filtered("order_line_id")
        ]

    def _get_price_differences(self, product, old):
        label = self.env._("%s: unit price", product)
        if not self.env.user.has_group(PRICE_GROUP):
            return [(label, "…", "…")]
        return [(label, old, self._spell_price(self.price_unit, self.discount))]

    def _spell_price(self, price, discount):
        text = self.change_id.order_id._format_money(price)
        if not discount:
            return text
        return self.env._(
            "%(price)s less %(discount)s %%",
            price=text,
            discount=f"{discount:.2f}".rstrip("0").rstrip("."),
        )
