from odoo import api, fields, models

from .measuring import measure

# what is looked at when a change was applied
READ = (
    "res_model",
    "res_id",
    "act",
    "is_automatic",
    "product_id",
    "product_uom_id",
    "quantity_to",
    "user_id",
)


class OrderChangeEffect(models.Model):
    """One document that a change reaches: what becomes of it, by itself or by whom; and
    afterwards, what did (CHG-5). Written by the engine."""

    _name = "order.change.effect"
    _inherit = ["order.engine.mixin"]
    _description = "Reach of a Change"
    _order = "change_id, sequence, id"

    change_id = fields.Many2one(
        "order.change.request", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="change_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    res_model = fields.Char(string="Document Model", required=True)
    res_id = fields.Many2oneReference("Document ID", model_field="res_model")
    document_name = fields.Char(
        string="Document", compute="_compute_document_name", compute_sudo=True
    )
    act = fields.Selection(
        [
            ("raise", "Gets more"),
            ("reduce", "Gets less"),
            ("cancel", "Is cancelled"),
            ("date", "Moves"),
            ("address", "Goes elsewhere"),
            ("paper", "Is issued anew"),
            ("void", "Is no longer valid"),
            ("look", "To be looked at"),
        ],
        string="What",
        required=True,
    )
    product_id = fields.Many2one("product.product", ondelete="restrict")
    product_uom_id = fields.Many2one("uom.uom", string="Unit", ondelete="restrict")
    quantity_from = fields.Float(digits="Product Unit")
    quantity_to = fields.Float(digits="Product Unit")
    date_from = fields.Datetime()
    date_to = fields.Datetime()
    is_automatic = fields.Boolean(string="By Itself")
    user_id = fields.Many2one("res.users", string="Whose Task")
    value_from = fields.Char(string="Was", compute="_compute_values")
    value_to = fields.Char(string="Becomes", compute="_compute_values")
    result = fields.Selection(
        [("planned", "Yet to Happen"), ("done", "Done"), ("left", "Left to Do")],
        required=True,
        default="planned",
    )

    @api.depends("res_model", "res_id")
    @api.depends_context("lang")
    def _compute_document_name(self):
        for effect in self:
            model = self.env["ir.model"]._get(effect.res_model).name
            document = self.env[effect.res_model].browse(effect.res_id).exists()
            name = document.display_name or self.env._("new")
            effect.document_name = f"{model} {name}"

    @api.depends("act", "quantity_from", "quantity_to", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_values(self):
        for effect in self:
            effect.value_from = effect._spell_side("from")
            effect.value_to = effect._spell_side("to")

    def _spell_side(self, side):
        if self.act in {"date", "address"}:
            moment = self[f"date_{side}"]
            return str(self.company_id._calendar_day(moment)) if moment else ""
        if self.act == "look" or not self.product_uom_id:
            return ""
        return self.product_uom_id._spell_with_unit(self[f"quantity_{side}"])

    @api.model
    def _read_of(self, change):
        """Return the effects of one change, read at once."""
        return self.search_fetch([("change_id", "=", change.id)], READ)

    def _get_document(self):
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id).exists()

    # -- afterwards --------------------------------------------------------------------

    def _follow(self):
        """Look what has become of these documents; what did not happen by itself is the
        task of a named person."""
        for effect in self:
            effect.result = "done" if effect._is_done() else "left"
        for effect in self.filtered(lambda e: e.result == "left"):
            change = effect.change_id
            change._leave_todo(
                f"change.effect.{effect.id}",
                self.env._("Follow the change: %s", effect.document_name),
                effect._spell_task(),
                user=effect.user_id or change.user_id,
            )

    def _is_done(self):
        if self.act == "look":
            return False
        if self.act in {"date", "address", "paper", "void"}:
            return self.is_automatic
        if not self.res_id:  # made beside what was begun
            return self.is_automatic
        found = measure(self)
        return not self.product_uom_id.compare(found, self.quantity_to)

    def _spell_task(self):
        acts = dict(self._fields["act"]._description_selection(self.env))
        sides = " → ".join(filter(None, [self.value_from, self.value_to]))
        return " ".join(
            filter(None, [self.product_id.display_name, acts[self.act]])
        ) + (f": {sides}" if sides else "")


class OrderChangeRequest(models.Model):
    _inherit = "order.change.request"

    def _find_effects(self):
        """List anew the documents that these changes reach."""
        self.effect_ids.unlink()
        rows = [
            {**row, "change_id": change.id, "sequence": at}
            for change in self
            for at, row in enumerate(change._collect_reach(), start=1)
        ]
        self.env["order.change.effect"].create(rows)

    def _collect_reach(self):
        """Return the values of one effect for each document that one change reaches."""
        return []
