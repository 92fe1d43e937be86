from odoo import api, models
from odoo.exceptions import UserError


class OrderReachMixin(models.AbstractModel):
    """What a rule can be for: a type of order, a class of customers, a department.

    A rule that names none is for all of them. So the last one that it names is not
    deleted: the rule would grow into one for everything, and nobody would know.
    """

    _name = "order.reach.mixin"
    _inherit = ["order.given.mixin"]
    _description = "Reach of Rules"

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_last(self):
        rules = [
            (rule, name)
            for rule, name in self._find_rules()
            if not set(rule._ids_in(name)) - set(self.ids)
        ]
        if rules:
            raise UserError(self._spell_last(rules))

    def _find_rules(self):
        """Return ``[(rule, field), …]``: everything that names one of these."""
        found = []
        for model_name in self.env.registry.descendants(
            ["order.config.mixin"], "_inherit"
        ):
            # whatever would grow: that it is there is said, nothing of it is shown
            model = self.env[model_name].sudo().with_context(active_test=False)
            for name in model._get_narrowing_fields():
                if model._fields[name].comodel_name == self._name:
                    rules = model.search([(name, "in", self.ids)])
                    found += [(rule, name) for rule in rules]
        return found

    def _spell_last(self, rules):
        """Return the refusal for ``[(rule, field), …]`` that would name nobody."""
        # the names of what is configured are no secret
        labels = {
            rule: self.env["ir.model"].sudo()._get(rule._name).name for rule, _ in rules
        }
        lines = [
            self.env._(
                "- “%(rule)s” (%(model)s): %(field)s",
                rule=rule.display_name,
                model=labels[rule],
                field=rule._fields[name]._description_string(self.env),
            )
            for rule, name in rules
        ]
        return "\n".join(
            [
                self.env._("These name no other and would be for everything:"),
                *lines,
                self.env._(
                    "Name another one there first, or switch them off; what is not "
                    "needed any more can be archived as well."
                ),
            ]
        )
