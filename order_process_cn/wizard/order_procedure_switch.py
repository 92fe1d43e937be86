import secrets

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.mechanism.engine import public_act
from ..models.procedures.claims import find_claims, spell_claim
from ..models.procedures.needs import find_gaps, find_seats
from ..models.procedures.order_observation import check_may_switch
from ..models.procedures.sample import (
    find_sample_work,
    find_samples,
    make_sample,
    remove_samples,
)

# without what is mistaken for something else when it is read from paper
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
PASSWORD_LENGTH = 10
MAKES_USERS = "base.group_erp_manager"
TIME_ZONE = "Asia/Shanghai"


class OrderProcedureSwitch(models.TransientModel):
    """The page of a procedure: what becomes active, who else claims the same orders,
    who and what is missing; all of it answered on the spot (PRC-1, PRC-6)."""

    _name = "order.procedure.switch"
    _inherit = ["order.question.mixin"]
    _description = "Switch a Procedure"
    _rec_name = "procedure_id"

    procedure_id = fields.Many2one(
        "order.procedure", required=True, readonly=True, ondelete="cascade"
    )
    mode = fields.Selection(
        [("on", "Switch on"), ("off", "Switch off")], required=True, default="on"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(related="procedure_id.state")
    essence = fields.Text(related="procedure_id.essence")
    steps_picture = fields.Html(related="procedure_id.steps_picture", sanitize=False)
    part_ids = fields.One2many(
        "order.procedure.switch.part", "page_id", string="Becomes Active"
    )
    seat_ids = fields.One2many(
        "order.procedure.switch.seat", "page_id", string="People"
    )
    claim_ids = fields.One2many(
        "order.procedure.switch.claim", "page_id", string="Claimed Twice"
    )
    gap_ids = fields.One2many(
        "order.procedure.switch.gap", "page_id", string="Still Missing"
    )
    makes_users = fields.Boolean(compute="_compute_makes_users")
    has_samples = fields.Boolean(compute="_compute_has_samples")
    reach_note = fields.Char(compute="_compute_reach_note")

    @api.depends_context("uid")
    def _compute_makes_users(self):
        self.makes_users = self.env.user.has_group(MAKES_USERS)

    @api.depends("company_id")
    def _compute_has_samples(self):
        for page in self:
            company = page.company_id
            page.has_samples = bool(find_samples(company) or find_sample_work(company))

    @api.depends("procedure_id")
    def _compute_reach_note(self):
        rules = self.env["order.review.route"]
        wide = rules._count_companies() > 1
        for page in self:
            routes = page.procedure_id._get_configuration("order.review.route")
            page.reach_note = (
                wide
                and routes.filtered(lambda route: not route.company_id)[
                    :1
                ].company_warning
            )

    @api.model_create_multi
    def create(self, vals_list):
        pages = super().create(vals_list)
        for page in pages:
            page._fill()
        return pages

    # -- what it shows -----------------------------------------------------------------

    def _fill(self):
        """Show what is missing and in force now; what was typed and not saved goes."""
        self.ensure_one()
        procedure = self.procedure_id
        parts = procedure._get_switched_parts()
        records = parts._get_records()
        parts = parts.filtered(lambda part: records[part])
        on = parts._find_on()
        shared = self._find_shared(parts)
        wanted = parts - on if self.mode == "on" else on
        routes = self.env["order.review.route"].union(
            *(records[part] for part in parts if part.res_model == "order.review.route")
        )
        self.write(
            {
                "part_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "part_id": part.id,
                                "is_on": part in on,
                                "is_chosen": part in wanted,
                                "effect": part._spell_effect(records[part]),
                                "also_in": shared[part],
                            }
                        )
                        for part in parts
                    ),
                ],
                "seat_ids": self._prepare_seats(routes),
                "claim_ids": self._prepare_claims(parts - on, records),
                "gap_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "text": gap.text,
                                "action_name": gap.action,
                                "is_hard": gap.hard,
                                "cure": gap.cure,
                            }
                        )
                        for gap in find_gaps(procedure, self.company_id)
                    ),
                ],
            }
        )

    def _find_shared(self, parts):
        """Return ``{part: codes of other procedures that have the same record}``."""
        others = self.env["order.procedure.part"].search(
            [
                ("procedure_id", "!=", self.procedure_id.id),
                ("role", "!=", "use"),
                ("res_id", "in", parts.mapped("res_id")),
            ]
        )
        groups = others.grouped(lambda p: (p.res_model, p.res_id, p.field_name))
        return {
            part: ", ".join(
                groups.get(
                    (part.res_model, part.res_id, part.field_name), others.browse()
                ).procedure_id.mapped("code")
            )
            for part in parts
        }

    def _prepare_seats(self, routes):
        if self.mode == "off":
            return [Command.clear()]
        return [
            Command.clear(),
            *(
                Command.create(
                    {
                        "department_id": need.department.id,
                        "is_head": need.is_head,
                        "stages": need.stages,
                        # names, for whoever fills the seats
                        "present": ", ".join(need.people.sudo().mapped("name")),
                    }
                )
                # the names of colleagues are no secret
                for need in find_seats(routes, self.company_id)
            ),
        ]

    def _prepare_claims(self, parts, records):
        if self.mode == "off":
            return [Command.clear()]
        commands = [Command.clear()]
        for model in ("order.review.route", "order.deposit.rule"):
            own = self.env[model].union(
                *(records[part] for part in parts if part.res_model == model)
            )
            commands += [
                Command.create(
                    {
                        "res_model": model,
                        "own_id": claim.own.id,
                        "rival_id": claim.rival.id,
                        "text": spell_claim(claim),
                        "is_lost": claim.rival_wins and claim.all_taken,
                        "rival_wins": claim.rival_wins,
                        "type_ids": [Command.set(claim.own.order_type_ids.ids)],
                    }
                )
                for claim in find_claims(own)
            ]
        return commands

    def _show(self, name=None):
        """Return the action that shows this page."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_procedure_switch_action"
        )
        name = name or self.procedure_id.display_name
        return {**action, "name": name, "display_name": name, "res_id": self.id}

    # -- acts --------------------------------------------------------------------------

    def _enter(self):
        """Open the door of an act: only whoever configures the process switches."""
        self.ensure_one()
        self.check_access("write")
        check_may_switch(self.env)

    @public_act
    def action_apply(self):
        """Save the people and switch what is ticked, all or nothing.

        :return: the slip with first passwords, if users were made
        :raise UserError: nothing is ticked, or a record refuses in its own words
        """
        self._enter()
        made = self._save_people()
        parts = self.part_ids.filtered("is_chosen").part_id
        if not parts and not self.seat_ids.filtered(lambda s: s.user_id or s.user_name):
            raise UserError(self.env._("Nothing is ticked."))
        parts._switch(self.mode == "on")
        self._fill()
        return made and self._show_slip(made)

    @public_act
    def action_observe(self):
        """Save the people and observe what is ticked, instead of switching it on.

        :return: the observation
        :raise UserError: nothing is ticked that is not in force, or the procedure is
            observed already
        """
        self._enter()
        made = self._save_people()
        observation = self.env["order.observation"]._begin(
            self.procedure_id,
            self.part_ids.filtered("is_chosen").part_id,
            self.company_id,
        )
        self._fill()
        return self._show_slip(made) if made else observation._show()

    @public_act
    def action_refresh(self):
        """Show what is missing now."""
        self._enter()
        self._fill()

    @public_act
    def action_make_sample(self):
        """Make a complete sample order, or work order, submit it where somebody has to
        sign it, and open it.

        :return: what the submission asks first, or the action that shows it
        """
        self._enter()
        order = make_sample(self.procedure_id, self.company_id)
        question = order.needs_review and order.action_review_submit()
        if isinstance(question, dict):
            return question
        return {
            "type": "ir.actions.act_window",
            "res_model": order._name,
            "res_id": order.id,
            "views": [(False, "form")],
            "name": self.env._("Sample Order"),
        }

    @public_act
    def action_remove_sample(self):
        """Remove the sample orders with their customer and products."""
        self._enter()
        return remove_samples(self.company_id)

    # -- people ------------------------------------------------------------------------

    def _save_people(self):
        """Put whoever was chosen or named into the departments.

        :return: ``[(user, first password), …]`` of the users that were made
        """
        made, by_name = [], {}
        for seat in self.seat_ids:
            user = seat.user_id or by_name.get(seat.user_name or None)
            if not user and seat.user_name:
                user, password = self._make_user(seat)
                by_name[seat.user_name] = user
                made.append((user, password))
            if user:
                self._seat(seat, user)
        return made

    def _seat(self, seat, user):
        department = seat.department_id
        if seat.is_head:
            department.head_id = user
        else:
            department.member_ids = [Command.link(user.id)]
        # which rights somebody has, for whoever gives them
        missing = seat._get_rights() - user.sudo().all_group_ids
        if missing and self.makes_users:
            # with the rights of whoever presses the button
            user.group_ids = [Command.link(group.id) for group in missing]

    def _make_user(self, seat):
        """Return a new user, made with the rights of whoever presses the button, and
        his first password."""
        if not self.makes_users:
            raise UserError(
                self.env._(
                    "Users are made by somebody with the right “Access Rights”: choose "
                    "somebody who is there already, or ask %s.",
                    self.env["res.users"]._spell_holders(MAKES_USERS, self.company_id),
                )
            )
        password = "".join(secrets.choice(LETTERS) for _ in range(PASSWORD_LENGTH))
        languages = {code for code, _name in self.env["res.lang"].get_installed()}
        # nobody has an address yet: no invitation is sent
        users = self.env["res.users"].with_context(no_reset_password=True)
        user = users.create(
            {
                "name": seat.user_name,
                "login": seat.login,
                "password": password,
                "lang": "zh_CN" if "zh_CN" in languages else self.env.lang,
                "tz": TIME_ZONE,
                "notification_type": "inbox",
                "company_id": self.company_id.id,
                "company_ids": [Command.set(self.company_id.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_user").ids)],
            }
        )
        return user.with_env(self.env), password

    def _show_slip(self, made):
        """Return the form with the first passwords: kept nowhere, only shown."""
        lines = [
            self.env._(
                "%(name)s: login %(login)s, first password %(password)s",
                name=user.name,
                login=user.login,
                password=password,
            )
            for user, password in made
        ]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_procedure_slip_action"
        )
        shown = {"default_slip": "\n".join(lines)}
        if self.mode == "on" and self.state in {"on", "partly"}:
            shown["default_page_id"] = self.id
        return {**action, "context": shown}
