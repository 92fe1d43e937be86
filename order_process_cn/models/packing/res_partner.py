from odoo import models


class ResPartner(models.Model):
    """To whom goods go, in the words that are compared."""

    _inherit = "res.partner"

    def _spell_receiver(self):
        """Return name, phone and address of one receiver, a line each."""
        address = self._display_address(without_company=True) if self else ""
        lines = [self.display_name, self.phone, *address.splitlines()]
        return "\n".join(line.strip() for line in lines if line and line.strip())
