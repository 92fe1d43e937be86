from odoo import api, fields, models


class StockPicking(models.Model):
    """Where whoever delivers has to go, as a card on a phone shows it (SHP-1)."""

    _inherit = "stock.picking"

    receiver_text = fields.Text(
        string="Goes to",
        compute="_compute_receiver",
        compute_sudo=True,  # whoever delivers need not see all contacts
        groups="base.group_user",
    )
    receiver_phone = fields.Char(
        compute="_compute_receiver", compute_sudo=True, groups="base.group_user"
    )

    @api.depends("partner_id")
    def _compute_receiver(self):
        for picking in self:
            partner = picking.partner_id
            # the number to call stands beside it
            place = partner._display_address(without_company=True) if partner else ""
            lines = [line.strip(" ,") for line in place.splitlines()]
            words = [partner.display_name, " ".join(filter(None, lines))]
            picking.receiver_text = "\n".join(filter(None, words))
            picking.receiver_phone = partner.phone
