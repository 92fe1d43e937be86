from odoo import api, fields, models


class OrderInForceMixin(models.AbstractModel):
    """Configuration that is switched on and off, and remembers since when it is on.

    What was decided or begun before is left alone by it. The moment is set when it is
    switched on, not when ``active`` is written once more (an import, a data file read
    again, a form saved by a script), and it stays when it is switched off: empty means
    that it was never in force.
    """

    _name = "order.in.force.mixin"
    _inherit = ["order.config.mixin"]
    _description = "Configuration with a Beginning"

    active = fields.Boolean(default=True)
    in_force_since = fields.Datetime(
        readonly=True,
        copy=False,
        help="When it was last switched on. Documents that were under way before are "
        "left alone.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        kept = [
            {name: value for name, value in vals.items() if name != "in_force_since"}
            for vals in vals_list
        ]
        own = self.with_context(default_in_force_since=False)
        records = super(OrderInForceMixin, own).create(kept).with_env(self.env)
        # the clock of create_date, with which it is compared
        now = {"in_force_since": self.env.cr.now()}
        records.filtered("active")._set_in_force(now)
        return records

    def write(self, vals):
        before = self.filtered("active")
        # nobody dates it back: it follows from the switch
        vals = {name: value for name, value in vals.items() if name != "in_force_since"}
        result = super().write(vals)
        if "active" in vals:
            switched_on = (self - before).filtered("active")
            now = {"in_force_since": self.env.cr.now()}
            switched_on._set_in_force(now)
        return result

    def _set_in_force(self, values):
        # past our own write(), which lets nobody date it
        super().write(values)  # pylint: disable=super-method-mismatch
