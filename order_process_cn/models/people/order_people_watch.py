from contextlib import contextmanager

from odoo import api, models
from odoo.tools import groupby


class OrderPeopleChange(models.Model):
    """Who signs because of what core keeps: members of the groups that seats name,
    leaders of sales teams, and what a user leaves behind who is deleted (SEC-2)."""

    _inherit = "order.people.change"

    @api.model
    @contextmanager
    def _watch(self):
        """Keep and tell what the statements within change about these people.

        Only who came and who went is kept: a group may have hundreds of members.
        """
        if not self.env.registry.ready:
            yield  # what an installation ships was not decided by anybody
            return
        before, names = self._list_people()
        yield
        after, new_names = self._list_people()
        # a seat is called after the people on it: of nobody it has no name
        names |= {key: name for key, name in new_names.items() if name}
        vals_list, concerned = [], {}
        for key in before.keys() | after.keys():
            gone, come = before.get(key, {}), after.get(key, {})
            if gone.keys() == come.keys():
                continue
            model_name, res_id, field_name = key
            act = "create" if key not in before else "write"
            vals_list.append(
                {
                    "act": act if key in after else "unlink",
                    "res_model": model_name,
                    "res_id": res_id,
                    "record_name": names.get((model_name, res_id), ""),
                    "field_name": field_name,
                    "old_value": self._spell_rest(gone, come),
                    "new_value": self._spell_rest(come, gone),
                }
            )
            # the names of colleagues are no secret
            users = self.env["res.users"].sudo().browse(gone.keys() ^ come.keys())
            concerned.setdefault((model_name, res_id), users.browse())
            concerned[model_name, res_id] |= users.exists()
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
        """Return ``{(model, id, field): {user id: name}}`` and ``{(model, id): name}``
        as it stands now."""
        lists = self._find_lists_of_people()
        people = {
            (record._name, record.id, name): record[name].ids for record, name in lists
        }
        known = self.env["res.users"]._names_of(set().union(*people.values()))
        return {
            key: {user_id: known.get(user_id, "") for user_id in user_ids}
            for key, user_ids in people.items()
        }, {(record._name, record.id): record.display_name for record, _name in lists}

    @api.model
    def _find_lists_of_people(self):
        """Return ``[(record, field), …]``: wherever people stand who sign."""
        # who may sign does not depend on who asks, archived people are named too; a
        # trace has one language
        env = self.with_context(active_test=False, lang="en_US").sudo().env
        seats = env["order.review.seat"].search([("source", "in", ["group", "users"])])
        groups = seats.filtered(lambda seat: seat.source == "group").group_id
        groups |= (
            env["order.review.task"]
            .search([("group_id", "!=", False), ("state", "in", ["waiting", "open"])])
            .group_id
        )
        departments = env["order.department"].search([])
        return [
            *((group, "all_user_ids") for group in groups),
            *((team, "user_id") for team in env["crm.team"].search([])),
            # these keep their own trace; a user who is deleted leaves them unasked
            *((department, "member_ids") for department in departments),
            *((department, "head_id") for department in departments),
            *((seat, "user_ids") for seat in seats if seat.source == "users"),
        ]
