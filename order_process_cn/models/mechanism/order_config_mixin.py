from odoo import api, models


class OrderConfigMixin(models.AbstractModel):
    """Configuration that is read often and kept in memory between requests."""

    _name = "order.config.mixin"
    _description = "Cached Configuration"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _translations_of(self, name):
        """Return ``{language: text}`` of a translated field, for a frozen copy."""
        self.ensure_one()
        return {
            code: self.with_context(lang=code)[name]
            for code, _label in self.env["res.lang"].get_installed()
        }
