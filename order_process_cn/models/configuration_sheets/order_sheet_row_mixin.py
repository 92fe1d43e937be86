from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..given.entered import check_entered
from ..given.given import check_given
from .sheets import note_sheet_rows


class OrderSheetRowMixin(models.AbstractModel):
    """A row of the sheets that go with an order (P26): what is to be made, shown and
    packed. Whoever may change the order enters it, and its review vouches for it;
    whoever looks after it notes what became of it at any time.

    A row declares ``_given`` and ``_entered``, which are facts of the order, and
    ``_noted``, which are none.
    """

    _name = "order.sheet.row.mixin"
    _inherit = ["order.engine.mixin"]
    _description = "Row of a Sheet of an Order"
    _order = "order_id desc, sequence, id"
    _check_company_auto = True
    # the field that says whose it is
    _owner = "order_id"
    _entered = frozenset()
    _noted = frozenset()

    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        required=True,
        index=True,
        # as the lines of an order, which is deleted only while nobody reviewed it
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    partner_id = fields.Many2one(related="order_id.partner_id")
    sequence = fields.Integer(default=10)

    def init(self):
        if not self._abstract:
            # an order of a version that did not note it
            self.pool.post_init(self._note_rows)

    def _note_rows(self):
        self.env.cr.execute(
            SQL(
                """
                UPDATE sale_order SET has_sheet_rows = TRUE
                 WHERE has_sheet_rows IS NOT TRUE
                   AND id IN (SELECT order_id FROM %s)
                """,
                SQL.identifier(self._table),
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_sheet_values(vals_list, {self._owner})
        check_given(self, vals_list)  # before it is looked for
        self.check_access("create")
        self._note_sheet_edit(self._get_orders_of(vals_list))
        rows = super().create(vals_list)
        rows._check_sheet_open()
        note_sheet_rows(rows.order_id)
        rows.order_id._watch_review_facts()
        return rows

    def write(self, vals):
        self._check_sheet_values([vals])
        entered = vals.keys() & self._entered
        if entered:
            self._check_sheet_open()
            self._note_sheet_edit(self.sudo().order_id)  # whose they are
        result = super().write(vals)
        if entered:
            self.order_id._watch_review_facts()
        return result

    def unlink(self):
        self._check_sheet_open()
        orders = self.order_id
        self._note_sheet_edit(self.sudo().order_id)  # whose they are
        result = super().unlink()
        orders._watch_review_facts()
        return result

    @api.model
    def _get_orders_of(self, vals_list):
        """Return the orders that new rows are for, whoever may see them."""
        # only told apart here: what may be entered is checked elsewhere
        owners = self.env[self._fields[self._owner].comodel_name].sudo()
        ids = {vals.get(self._owner) for vals in vals_list}
        found = owners.browse(filter(None, ids)).exists()
        return found if self._owner == "order_id" else found.order_id

    @api.model
    def _note_sheet_edit(self, orders):
        # [CHG-4] whoever changes a sheet changes the order
        self.env["order.edit.rule"]._note_edit(orders.with_env(self.env))

    @api.model
    def _check_sheet_values(self, vals_list, also=frozenset()):
        """Check that clients enter what people enter; the rest follows.

        :raise AccessError: something else of what is stored
        """
        entered = self._entered | self._noted | also
        check_entered(self, vals_list, entered, self._spell_entered)

    @api.model
    def _spell_entered(self):
        labels = [
            self._fields[name]._description_string(self.env)
            for name in sorted(self._entered | self._noted)
        ]
        return self.env._(
            "%(document)s: people enter %(fields)s; the rest follows.",
            document=self.env["ir.model"]._get(self._name).name,
            fields=", ".join(labels),
        )

    def _check_sheet_open(self):
        """Check that the caller may change the orders of these rows, in orders that
        still change.

        :raise AccessError: they are none of his, or he only looks after what is listed
        """
        if self.env.su:
            return
        # whoever keeps a sample or packs accessories notes that, and nothing else
        self.browse().check_access("create")
        self.order_id.check_access("write")
        closed = self.order_id.filtered(lambda o: o.locked or o.state == "cancel")
        if closed:
            raise UserError(
                self.env._(
                    "%s is locked or cancelled: its sheets stay as they are.",
                    ", ".join(closed.mapped("name")),
                )
            )

    def _refuse_foreign_lines(self):
        """Refuse that a row goes with a line of another order.

        :raise ValidationError: naming these rows
        """
        if wrong := self.filtered(
            lambda row: row.order_line_id and row.order_line_id.order_id != row.order_id
        ):
            raise ValidationError(
                self.env._(
                    "%s: choose a line of the same order.",
                    ", ".join(wrong.mapped("name")),
                )
            )
