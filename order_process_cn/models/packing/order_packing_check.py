from odoo import api, fields, models
from odoo.fields import Command

from ..mechanism.engine import take_turns

OK, DIFFERENCE = "ok", "difference"


class OrderPackingCheck(models.Model):
    """What somebody found when he compared what is packed with the order (SHP-7), once
    and for all.

    It carries the fingerprint of what was compared, and counts while that is so.
    """

    _name = "order.packing.check"
    _inherit = ["order.append.only.mixin", "order.evidence.mixin", "order.engine.mixin"]
    _description = "Packing Check"
    _order = "id desc"

    picking_id = fields.Many2one(
        "stock.picking",
        string="Transfer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    user_id = fields.Many2one(
        "res.users",
        string="Checked by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    date = fields.Datetime(
        string="Checked on", required=True, readonly=True, default=fields.Datetime.now
    )
    result = fields.Selection(
        [(OK, "As ordered"), (DIFFERENCE, "Difference")], required=True, readonly=True
    )
    line_ids = fields.One2many(
        "order.packing.check.line", "check_id", string="Counted", readonly=True
    )
    order_receiver = fields.Text(string="Receiver of the Order", readonly=True)
    transfer_receiver = fields.Text(string="Receiver on the Transfer", readonly=True)
    packages = fields.Integer(readonly=True, aggregator=None)
    remark = fields.Text(readonly=True)
    evidence_ids = fields.Many2many(string="Photo")
    digest = fields.Char(readonly=True, help="Of what was compared.")

    @api.depends("picking_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for check in self:
            check.display_name = self.env._(
                "Packing check of %(transfer)s", transfer=check.picking_id.name or ""
            )

    def _get_evidence_company(self):
        return self.company_id

    @api.model
    def _record(self, picking, result, counted, photo=(), **values):
        """Keep what was found on one transfer. Called by checked acts.

        :param picking: superuser record
        :param dict counted: ``{product: packed quantity}``
        :param list photo: files, see ``_read_evidence``
        """
        take_turns(picking)  # against goods that leave at this moment
        expected = picking._get_packed()
        products = expected.keys() | counted.keys()
        # nobody may create one: the callers have checked who counted
        check = self.sudo().create(
            {
                "picking_id": picking.id,
                "order_id": picking.sale_id.id,
                "user_id": self.env.uid,
                "result": result,
                "digest": picking._get_packing_digest(),
                "order_receiver": picking.sale_id.partner_shipping_id._spell_receiver(),
                "transfer_receiver": picking.partner_id._spell_receiver(),
                "line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "expected_qty": expected.get(product, 0.0),
                            "packed_qty": counted.get(product, 0.0),
                        }
                    )
                    for product in sorted(products, key=lambda p: (p.name, p.id))
                ],
                **values,
            }
        )
        check._keep_evidence(photo)
        picking.sale_id._mark_for_recheck("shipping")
        return check

    def _spell_problem(self, digest):
        """Return in words why nothing leaves on one check, the last of its transfer
        or none, if the transfer has ``digest`` now; else ``False``."""
        if not self:
            return self.env._("not packed and checked yet")
        if self.result == DIFFERENCE:
            return self.env._(
                "the packing check found a difference: %s", self._spell_difference()
            )
        if self.digest != digest:
            return self.env._("something is another than when packing was checked")
        return False

    def _spell_difference(self):
        found = [line._spell() for line in self.line_ids if line._differs()]
        if self.order_receiver != self.transfer_receiver:
            found.append(self.env._("receiver or address"))
        return "; ".join([*found, *filter(None, [self.remark])])
