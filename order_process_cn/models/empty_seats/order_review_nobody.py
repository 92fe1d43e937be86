from odoo import models

CONFIGURES = "order_process_cn.order_group_manager"
ADMINISTERS = "base.group_system"


class OrderReview(models.Model):
    """The refusal of a submission because nobody could sign a seat (CSN-5)."""

    _inherit = "order.review"

    def _nobody_message(self, problems):
        """Return what is missing, all of it, and who can do what about it.

        :param problems: ``[(document, stage, seat, values), …]``
        """
        Task = self.env["order.review.task"]
        lines, cures = [], {}
        for document, stage, seat, values in problems:
            nobody = self._find_reason(Task, document, seat, values)
            lines.append(
                self.env._(
                    "%(document)s: nobody can sign “%(seat)s” in “%(stage)s”: "
                    "%(reason)s.",
                    document=document.display_name,
                    seat=self._text(seat["name"]),
                    stage=self._text(stage["name"]),
                    reason=nobody.reason,
                )
            )
            cures[nobody.cure] = document.company_id
        lines += [self._spell_cure(cure, company) for cure, company in cures.items()]
        return "\n".join(lines)

    def _find_reason(self, Task, document, seat, values):
        """Return why nobody can sign: whoever could must not, or nobody could."""
        free = {**values, "barred_user_id": False, "barred_later": False}
        company = document.company_id
        review = self.new({"company_id": company.id})
        if Task._candidates_of(free, review):
            reason = self.env._(
                "only the submitter could, and the route does not let him"
            )
            return Task._explain_nobody(values, company, seat, document)._replace(
                reason=reason,
                cure="department" if values.get("department_id") else "route",
            )
        return Task._explain_nobody(values, company, seat, document)

    def _spell_cure(self, cure, company):
        users = self.env["res.users"]
        if cure == "department":
            return self.env._(
                "Members and heads are named under Order Process → Configuration → "
                "Countersign Departments, by %s.",
                users._spell_holders(CONFIGURES, company),
            )
        if cure == "group":
            return self.env._(
                "People are added to a group under Settings → Users & Companies, by "
                "%s.",
                users._spell_holders(ADMINISTERS, company),
            )
        if cure == "route":
            return self.env._(
                "Who is asked is changed under Order Process → Configuration → Review "
                "Routes, by %s.",
                users._spell_holders(CONFIGURES, company),
            )
        return self.env._("Fill it in on the document, and submit it again.")
