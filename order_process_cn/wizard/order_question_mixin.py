from odoo import api, models
from odoo.fields import Command

# commands of a client that name records which are there already
NAMING = {Command.UPDATE, Command.LINK}


class OrderQuestionMixin(models.AbstractModel):
    """A question that somebody is asked: he may read whatever he names in it.

    What a question shows follows from that, and is often read as superuser, for those
    who act need not see all of a document. A client names any number. [SEC-2]
    """

    _name = "order.question.mixin"
    _inherit = ["order.given.mixin"]
    _description = "Question about What One May Read"

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        self._check_named([values])
        return values

    @api.model_create_multi
    def create(self, vals_list):
        self._check_named(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_named([vals])
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self._check_named([values])
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _check_named(self, vals_list):
        """Check that the caller may read the documents that these values name: of each
        model all at once.

        :raise AccessError: one of them he may not
        """
        if self.env.su:
            return
        named = {}
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if value and field and field.relational:
                    ids = named.setdefault(field.comodel_name, {})
                    ids.update(dict.fromkeys(self._get_named(value)))
        for model, ids in named.items():
            if not self.env[model]._transient:  # it has a rule of its own
                self.env[model].browse(ids).check_access("read")

    @api.model
    def _get_named(self, value):
        """Return the ids of what a client names as the value of a relation."""
        if not isinstance(value, (list, tuple)):
            return [value] if isinstance(value, int) else []
        named = []
        for command in value:
            if isinstance(command, int):
                named.append(command)
            elif command[0] == Command.SET:
                named += command[2]
            elif command[0] in NAMING:
                named.append(command[1])
        # what is not there yet has a name in the browser
        return [number for number in named if isinstance(number, int)]
