from typing import NamedTuple

from odoo import api, models


class Nobody(NamedTuple):
    """Why a seat has nobody to sign it.

    :param reason: what is missing, in the language of the reader
    :param cure: where it is mended: "department", "group", "route" or "document"
    """

    reason: str
    cure: str


class OrderReviewTask(models.Model):
    """Why nobody can sign a seat, in words that lead to the cure (CSN-5)."""

    _inherit = "order.review.task"

    @api.model
    def _explain_nobody(self, values, company, seat=None, document=None):
        """Return the :class:`Nobody` of a seat that has no candidate.

        :param dict values: whom it is addressed to, in the form of :meth:`_address`
        :param company: where its signer would have to work
        :param dict seat: the seat of the plan, where its source is known
        """
        if values.get("department_id"):
            return Nobody(self._explain_department(values, company), "department")
        if values.get("group_id"):
            # the name of a group is no secret
            group = self.env["res.groups"].sudo().browse(values["group_id"])
            return Nobody(
                self.env._("nobody who can sign belongs to “%s”", group.name), "group"
            )
        source = (seat or {}).get("source", "users")
        cure = "route" if source == "users" else "document"
        named = self._named_in(values) or self._named_by(
            seat if cure == "route" else {}
        )
        if named:
            return Nobody(self._explain_named(named, company), cure)
        return Nobody(self._explain_unnamed(source, seat, document), cure)

    def _explain_named(self, users, companies):
        return self.env._(
            "nobody of %(people)s can sign: archived, or not of %(company)s",
            people=", ".join(users.mapped("name")),
            company=", ".join(companies.mapped("name")),
        )

    def _explain_department(self, values, company):
        # the names of departments and colleagues are no secret
        department = self.env["order.department"].sudo().browse(values["department_id"])
        if not values.get("is_head_only"):
            return self.env._("%s has nobody who can sign", department.name)
        if not department.head_id:
            return self.env._("%s has no head who can sign", department.name)
        return self.env._(
            "%(department)s has no head who can sign: %(user)s is archived, or not of "
            "%(company)s",
            department=department.name,
            user=department.head_id.name,
            company=company.name,
        )

    def _explain_unnamed(self, source, seat, document):
        """Return why a seat that the document fills names nobody."""
        if source == "field" and document is not None:
            label = document._fields[seat["field"]]._description_string(self.env)
            return self.env._("“%s” is empty", label)
        return {
            "salesperson": self.env._("the document has no salesperson"),
            "team_leader": self.env._("its sales team has no team leader"),
            "chosen": self.env._("nobody was chosen for it when submitting"),
        }.get(source) or self.env._("nobody is named for it")

    @api.model
    def _named_by(self, seat):
        """Return the users whom the seat of a route names, archived ones too."""
        # the names of colleagues are no secret
        seats = self.env["order.review.seat"].sudo().with_context(active_test=False)
        return seats.browse((seat or {}).get("seat") or []).exists().user_ids

    @api.model
    def _named_in(self, values):
        """Return the users that ``values`` name one by one, archived ones too."""
        # the names of colleagues are no secret
        users = self.env["res.users"].sudo().with_context(active_test=False)
        named = users.browse(values.get("user_id") or [])
        if values.get("signer_list_id"):
            lists = self.env["order.signer.list"].with_env(users.env)
            named |= lists.browse(values["signer_list_id"]).user_ids
        return named
