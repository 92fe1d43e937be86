from odoo import api, models
from odoo.exceptions import ValidationError


class OrderReviewRoute(models.Model):
    """Whether somebody can sign the seats of a route, before a document is stopped by
    it (CSN-5)."""

    _inherit = "order.review.route"

    @api.constrains("active")
    def _check_signers(self):
        """A route is switched on only when each of its seats has a signer."""
        problems = []
        for route in self.filtered("active"):
            lines = route._find_switch_problems()
            if lines:
                problems.append(self.env._("“%s” cannot be switched on:", route.name))
                problems += [f"- {line}" for line in lines]
        if problems:
            problems.append(
                self.env._(
                    "Name members and heads under Countersign Departments, or change "
                    "the seats; then switch it on."
                )
            )
            raise ValidationError("\n".join(problems))

    def _find_switch_problems(self):
        """Return in words why no document could pass this route as it stands."""
        if not self.stage_ids.seat_ids:
            return [self.env._("It has no seat: nobody would be asked.")]
        return self._find_empty_seats(self._get_companies())

    def _get_companies(self):
        """Return the companies whose documents take this route."""
        # which companies there are is no secret to whoever configures them all
        return self.company_id or self.env["res.company"].sudo().search([])

    def _find_problems(self):
        companies = self._get_companies()
        problems = super()._find_problems() + self._find_empty_seats(companies)
        if len(companies) < 2:
            return problems
        # elsewhere somebody signs; where one works now, nobody might
        for company in companies & self.env.companies:
            problems += [
                self.env._(
                    "%(company)s: %(problem)s", company=company.name, problem=line
                )
                for line in self._find_empty_seats(company)
                if line not in problems
            ]
        return problems

    def _find_empty_seats(self, companies):
        """Return one line for each way in which seats have nobody to sign in any of
        ``companies``: what is missing, and the stages that ask for it."""
        asked = {}
        stages = self.stage_ids.sorted(lambda stage: (stage.sequence, stage._origin.id))
        for stage in stages:
            for seat in stage.seat_ids:
                if reason := seat._explain_nobody(companies):
                    asked.setdefault(reason, []).append(stage.name or "")
        return [
            self.env._(
                "%(problem)s: asked for in %(stages)s.",
                problem=reason[:1].upper() + reason[1:],
                stages=", ".join(
                    self.env._("“%s”", name) for name in dict.fromkeys(names)
                ),
            )
            for reason, names in asked.items()
        ]
