from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import take_turns
from ..progress.steps import check_act_of_sales
from .order_archive_item import FILE

REOPENS = "order_process_cn.order_group_reopen"
FILED, REOPENED = "filed", "reopened"


class OrderArchiveEntry(models.Model):
    """What was filed of an order, and why it was taken out again (AFS-4): kept as it
    was made, with who, when and the paper itself."""

    _name = "order.archive.entry"
    _inherit = ["order.append.only.mixin", "order.evidence.mixin", "order.engine.mixin"]
    _description = "Archive Record"
    _order = "id desc"

    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    kind = fields.Selection(
        [(FILED, "Paper Filed"), (REOPENED, "Order Reopened")],
        string="What Was Done",
        required=True,
        readonly=True,
    )
    item_id = fields.Many2one(
        "order.archive.item",
        string="Filed Paper",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    note = fields.Text(string="Remark", readonly=True)
    user_id = fields.Many2one(
        "res.users", string="By", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Datetime(
        string="On", required=True, readonly=True, default=fields.Datetime.now
    )
    evidence_ids = fields.Many2many(string="Files")

    @api.depends("order_id", "kind", "item_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for entry in self.sudo():  # the number of an order is no secret here
            words = entry.item_id.name or kinds.get(entry.kind, "")
            entry.display_name = f"{entry.order_id.name}: {words}"

    def _get_evidence_company(self):
        return self.company_id

    @api.model
    def _file(self, order, item, note, attachment_ids):
        """File a paper of one order by hand.

        :raise AccessError: the caller does not work on the order for the customer
        :raise UserError: without a file, or not what is filed by hand
        """
        order.ensure_one()
        check_act_of_sales(order)
        if item.kind != FILE:
            raise UserError(self.env._("Choose which paper is filed."))
        files = self._read_evidence(attachment_ids)
        if not files:
            raise UserError(self.env._("Attach the paper that is to be filed."))
        # the right to write the order was checked
        self.sudo()._add(order.sudo(), FILED, note, files, item_id=item.id)

    @api.model
    def _reopen(self, order, reason):
        """Take one order out of the archive, so that it can be changed again.

        :raise AccessError: the caller does not belong to those who may
        :raise UserError: without a reason, or it is not filed
        """
        order.ensure_one()
        order.check_access("read")
        if not self.env.user.has_group(REOPENS):
            raise AccessError(self.env._("Only some people may reopen a filed order."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the order is reopened."))
        order = order.sudo()  # group and right to read were checked
        take_turns(order)
        if not order.archived_on:
            raise UserError(self.env._("%s is not filed.", order.name))
        # written by the engine only: who may reopen was checked
        self.sudo()._add(order, REOPENED, reason)
        order.write({"archived_on": False, "archived_by_id": False})
        order._refresh_progress()

    @api.model
    def _add(self, order, kind, note, files=(), **values):
        entry = self.create(
            {
                "order_id": order.id,
                "kind": kind,
                "note": note,
                "user_id": self.env.uid,
                **values,
            }
        )
        entry._keep_evidence(files)
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        words = [kinds[kind], entry.item_id.name, note]
        order._message_log(body=": ".join(filter(None, words)))
        return entry
