from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class OrderDelegation(models.Model):
    """Somebody signs for an absent person, from one day to another (CSN-3).

    Who stands in for whom is fixed once it is made: a record rule is asked about the
    row as it was, so a foreign name could be written into one's own row. Archiving it
    revokes it at once.

    Every signature given this way names both: the principal and the actor.
    """

    _name = "order.delegation"
    _inherit = ["order.people.mixin"]
    _description = "Delegation of Signature"
    _order = "date_from desc, id desc"

    principal_id = fields.Many2one(
        "res.users",
        string="Absent Person",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    actor_id = fields.Many2one(
        "res.users",
        string="Signs Instead",
        required=True,
        index=True,
        domain="[('share', '=', False), ('id', '!=', principal_id)]",
    )
    date_from = fields.Date(required=True, default=fields.Date.context_today)
    date_to = fields.Date(required=True)
    reason = fields.Char()
    active = fields.Boolean(default=True)

    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The delegation ends before it begins."
    )
    _not_to_oneself = models.Constraint(
        "CHECK (principal_id <> actor_id)", "Nobody can delegate to himself."
    )

    @api.constrains("principal_id", "actor_id")
    def _check_not_share(self):
        if (self.principal_id | self.actor_id).filtered("share"):
            raise ValidationError(
                self.env._("Only internal users can delegate or sign instead.")
            )

    def _get_people_fields(self):
        return ["principal_id", "actor_id", "date_from", "date_to", "reason", "active"]

    def _get_people_to_tell(self):
        return self.principal_id | self.actor_id

    def _choose_people_to_tell(self, before, after):
        return before | after  # whatever changes concerns both

    @api.depends("principal_id", "actor_id")
    def _compute_display_name(self):
        for delegation in self:
            people = delegation.sudo()  # the names of colleagues are no secret
            delegation.display_name = (
                f"{people.principal_id.name} → {people.actor_id.name}"
            )

    @api.constrains("date_from", "date_to")
    def _check_used_days(self):
        for delegation in self:
            for record in delegation._signatures():
                day = record.date.date()
                # a day more or less: the days are those of the absent person's zone
                if not (
                    delegation.date_from - timedelta(days=1)
                    <= day
                    <= delegation.date_to + timedelta(days=1)
                ):
                    raise ValidationError(
                        self.env._(
                            "%(actor)s signed on %(day)s by this delegation: its days "
                            "must cover that. Archive it to revoke it.",
                            actor=delegation.actor_id.name,
                            day=day,
                        )
                    )

    def write(self, vals):
        for name in {"principal_id", "actor_id"} & vals.keys():
            if any(delegation[name].id != vals[name] for delegation in self):
                raise UserError(
                    self.env._(
                        "Who signs for whom is fixed: archive this delegation and "
                        "make another one."
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_used(self):
        if used := self.filtered(lambda delegation: delegation._signatures()):
            raise UserError(
                self.env._(
                    "Signatures were given by this delegation, so it is kept: %s. "
                    "Archive it to revoke it.",
                    ", ".join(used.mapped("display_name")),
                )
            )

    def _signatures(self):
        """Return the signatures that were given by this delegation."""
        self.ensure_one()
        # which signatures there are is asked on behalf of the engine
        records = self.env["order.review.signature"].sudo()
        return records.search(
            [
                ("user_id", "=", self.actor_id.id),
                ("principal_id", "=", self.principal_id.id),
                ("medium", "=", "screen"),
                ("date", ">=", self.create_date.replace(microsecond=0)),
            ]
        )

    def _covers_today(self):
        """Whether today, where the absent person lives, lies in the period."""
        self.ensure_one()
        local = self.with_context(tz=self.principal_id.tz)
        return self.date_from <= fields.Date.context_today(local) <= self.date_to
