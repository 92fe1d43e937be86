from odoo import api, models

from ..mechanism.engine import public_act


class OrderProcedure(models.Model):
    _inherit = "order.procedure"

    @public_act
    def action_export(self):
        """Open the file of this procedure as it is configured here (PRC-4).

        :raise UserError: conditions in it hold for this database only
        """
        self.ensure_one()
        self.check_access("read")
        page = self.env["order.procedure.file"].create({"procedure_id": self.id})
        page._fill_from_here()
        return page._show(self.env._("Export %s", self.display_name))

    @api.model
    @public_act
    def action_import(self):
        """Open the page on which the file of a procedure is compared and imported."""
        self.check_access("read")
        page = self.env["order.procedure.file"].create({})
        return page._show(self.env._("Import a Procedure"))
