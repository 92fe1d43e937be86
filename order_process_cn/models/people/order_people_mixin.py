from collections import defaultdict

from odoo import api, models


class OrderPeopleMixin(models.AbstractModel):
    """Configuration that decides who signs: every change of it leaves a trace, and
    whoever gains or loses a signature by it is told (SEC-2).

    Extend :meth:`_get_people_fields` for another field that should.
    """

    _name = "order.people.mixin"
    _inherit = ["order.config.mixin"]
    _description = "Configuration of Signers"

    def _get_people_fields(self):
        """Return the names of the fields whose changes are kept."""
        return []

    def _get_people_to_tell(self):
        """Return the users who sign because of this record as it stands."""
        return self.env["res.users"]

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._keep_changes("create", {})
        return records

    def write(self, vals):
        # of configuration, which changes seldom: what stood there is read once more
        before = self._snapshot()
        result = super().write(vals)
        self._keep_changes("write", before)
        return result

    def unlink(self):
        before = self._snapshot()
        self._keep_changes("unlink", before)
        return super().unlink()

    def _snapshot(self):
        """Return ``{record: ({field: text}, users, name)}`` as it stands now."""
        # whoever may change the record may leave its trace; a trace has one language
        # and shows archived people too
        records = self.sudo().with_context(lang="en_US", active_test=False)
        names = self._get_people_fields()
        return {
            record.id: (
                {name: record._spell_value(name) for name in names},
                record._get_people_to_tell(),
                record.display_name,
            )
            for record in records.exists()
        }

    def _spell_value(self, name):
        """Return the value of a field as the trace shows it."""
        value, field = self[name], self._fields[name]
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        if field.type == "boolean":
            return str(value)
        return str(value or "")

    def _keep_changes(self, act, before):
        """Note what differs from ``before``; tell whom it concerns."""
        if not self.env.registry.ready:
            return  # what an installation ships was not decided by anybody
        after = {} if act == "unlink" else self._snapshot()
        vals_list, concerned = [], defaultdict(lambda: self.env["res.users"].sudo())
        nothing = ({}, self.env["res.users"], "")
        for res_id in self._ids:
            old, old_people, old_name = before.get(res_id, nothing)
            new, new_people, new_name = after.get(res_id, nothing)
            changed = [
                name
                for name in self._get_people_fields()
                if old.get(name, "") != new.get(name, "")
            ]
            vals_list += [
                {
                    "act": act,
                    "res_model": self._name,
                    "res_id": res_id,
                    "record_name": new_name or old_name,
                    "field_name": name,
                    "old_value": old.get(name, ""),
                    "new_value": new.get(name, ""),
                }
                for name in changed
            ]
            if changed:
                concerned[res_id] = self._choose_people_to_tell(old_people, new_people)
        self.env["order.people.change"]._keep(vals_list, concerned)

    def _choose_people_to_tell(self, before, after):
        """Return whom a change concerns: those who come or go."""
        return (before | after) - (before & after)
