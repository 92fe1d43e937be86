from odoo import api, models
from odoo.tools import float_repr
from odoo.tools.misc import get_lang


class ResLang(models.Model):
    _inherit = "res.lang"

    @api.model
    def _spell_number(self, value, digits):
        """Return a number as people read it: grouped, at most ``digits`` decimals, no
        zeros at the end, never in powers of ten."""
        value = float(float_repr(value or 0, digits)) or 0.0  # no minus before zero
        decimals = float_repr(value, digits).partition(".")[2].rstrip("0")
        lang = self.browse(get_lang(self.env).id)
        return lang.format(f"%.{len(decimals)}f", value, grouping=True)
