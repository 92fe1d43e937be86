from contextlib import contextmanager

from odoo import api, models
from odoo.tools import groupby


class OrderPeopleChange(models.Model):
    """Who signs because of what core keeps: members of the groups that seats name, and
    the leaders of sales teams (SEC-2)."""

    _inherit = "order.people.change"

    @api.model
    @contextmanager
    def _watch(self, act="write"):
        """Keep and tell what the statements within change about these people.

        Only who came and who went is kept: a group may have hundreds of members.
        """
        if not self.env.registry.ready:
            yield  # what an installation ships was not decided by anybody
            return
        before = self._list_people()
        yield
        after = self._list_people()
        vals_list, concerned = [], {}
        for key in before.keys() | after.keys():
            gone, come = before.get(key, {}), after.get(key, {})
            if gone.keys() == come.keys():
                continue
            model_name, res_id, field_name = key
            record = self.env[model_name].browse(res_id).exists()
            vals_list.append(
                {
                    "act": act,
                    "res_model": model_name,
                    "res_id": res_id,
                    # whoever may change the people of a record leaves its name
                    "record_name": record.sudo().display_name or "",
                    "field_name": field_name,
                    "old_value": self._spell_rest(gone, come),
                    "new_value": self._spell_rest(come, gone),
                }
            )
            # the names of colleagues are no secret
            users = self.env["res.users"].sudo().browse(gone.keys() ^ come.keys())
            concerned[model_name, res_id] = users.exists()
        for model_name, lines in groupby(vals_list, lambda vals: vals["res_model"]):
            people = {
                id_: who for (name, id_), who in concerned.items() if name == model_name
            }
            self._keep(lines, people)

    @api.model
    def _spell_rest(self, people, others):
        return ", ".join(
            name for user_id, name in people.items() if user_id not in others
        )

    @api.model
    def _list_people(self):
        """Return ``{(model, id, field): {user id: name}}`` as it stands now."""
        # who may sign does not depend on who asks, archived people are named too
        env = self.with_context(active_test=False).sudo().env
        groups = env["order.review.seat"].search([("source", "=", "group")]).group_id
        groups |= (
            env["order.review.task"]
            .search([("group_id", "!=", False), ("state", "in", ["waiting", "open"])])
            .group_id
        )
        lists = [(group, "all_user_ids") for group in groups]
        lists += [(team, "user_id") for team in env["crm.team"].search([])]
        people = {
            (record._name, record.id, name): record[name].ids for record, name in lists
        }
        names = env["res.users"]._names_of(set().union(*people.values()))
        return {
            key: {user_id: names.get(user_id, "") for user_id in user_ids}
            for key, user_ids in people.items()
        }
