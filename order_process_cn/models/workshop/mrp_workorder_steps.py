from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column


class MrpWorkorder(models.Model):
    """Every step has an owner and a date (MFG-12)."""

    _inherit = "mrp.workorder"

    responsible_id = fields.Many2one(
        "res.users",
        compute="_compute_responsible_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        domain=[("share", "=", False)],
        groups="base.group_user",
    )

    def _auto_init(self):
        # no work centre has anybody at installation: no need to look at every operation
        if not column_exists(self.env.cr, self._table, "responsible_id"):
            create_column(self.env.cr, self._table, "responsible_id", "int4")
        return super()._auto_init()

    @api.depends("workcenter_id")
    def _compute_responsible_id(self):
        """Whoever answers for the work centre, once: it is not taken from him later."""
        for workorder in self:
            # who answers for a work centre is no secret
            owner = workorder.sudo().workcenter_id.responsible_id
            workorder.responsible_id = owner or workorder.responsible_id

    def _spell_unowned(self):
        """Return in words which of these operations want an owner or a date."""
        found = []
        for workorder in self:
            wanted = []
            if not workorder.responsible_id:
                wanted.append(self.env._("nobody is responsible"))
            if not (workorder.date_start and workorder.date_finished):
                wanted.append(self.env._("not planned"))
            if wanted:
                found.append(f"{workorder.name} ({', '.join(wanted)})")
        return "; ".join(found)
