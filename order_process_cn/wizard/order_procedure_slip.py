from odoo import fields, models


class OrderProcedureSlip(models.TransientModel):
    """First passwords, shown once: the form is opened with them and never saved."""

    _name = "order.procedure.slip"
    _description = "First Passwords"

    slip = fields.Text(readonly=True, store=False)
