from odoo import fields, models

from ..models.mechanism.engine import public_act


class OrderProcedureSwitchGap(models.TransientModel):
    """Something that is missing, and where it is entered."""

    _name = "order.procedure.switch.gap"
    _inherit = ["order.question.mixin"]
    _description = "Still Missing"
    _order = "is_hard desc, id"

    page_id = fields.Many2one(
        "order.procedure.switch", required=True, ondelete="cascade", index=True
    )
    text = fields.Char(string="What Is Missing", readonly=True)
    action_name = fields.Char(readonly=True)
    is_hard = fields.Boolean(string="Stops It", readonly=True)
    cure = fields.Char(readonly=True)

    @public_act
    def action_open(self):
        """Open where it is entered."""
        self.ensure_one()
        self.page_id._enter()
        return self.env["ir.actions.act_window"]._for_xml_id(self.action_name)

    @public_act
    def action_mend(self):
        """Make the company one of China: country, yuan, Chinese time.

        With the rights of whoever presses the button; core refuses another currency
        once something is booked.
        """
        self.ensure_one()
        self.page_id._enter()
        company = self.page_id.company_id
        yuan = self.env.ref("base.CNY")
        yuan.active = True
        values = {"country_id": self.env.ref("base.cn").id, "currency_id": yuan.id}
        company.write(
            {name: new for name, new in values.items() if company[name].id != new}
        )
        if company.resource_calendar_id.tz != "Asia/Shanghai":
            company.resource_calendar_id.tz = "Asia/Shanghai"
        self.page_id._fill()
