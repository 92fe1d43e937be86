from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import clean, public_act, take_turns
from ..mechanism.memory import remembered


def check_may_switch(env):
    """Let only those go on who configure the process."""
    if not env.user.has_group("order_process_cn.order_group_manager"):
        raise AccessError(
            env._("Only an administrator of the process switches procedures.")
        )


class OrderObservation(models.Model):
    """Procedures, or some of their parts, that a company runs without stopping anybody
    (PRC-3).

    Orders go on as if there were no such parts. What would have been asked of them is
    found by the worker (``observing.py``) and kept as rows; one act puts the parts in
    force, another ends it.
    """

    _name = "order.observation"
    _inherit = ["order.config.mixin", "order.engine.mixin"]
    _description = "Observed Procedure"
    _order = "since desc, id desc"
    _rec_name = "procedure_id"

    procedure_id = fields.Many2one(
        "order.procedure", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    part_ids = fields.Many2many(
        "order.procedure.part",
        "order_observation_part_rel",
        "observation_id",
        "part_id",
        string="Observed Parts",
        readonly=True,
    )
    state = fields.Selection(
        [
            ("running", "Observed Now"),
            ("binding", "Made Binding"),
            ("stopped", "Observed No More"),
        ],
        required=True,
        readonly=True,
        default="running",
    )
    since = fields.Datetime(string="Observed Since", required=True, readonly=True)
    until = fields.Datetime(string="Observed Until", readonly=True)
    started_by_id = fields.Many2one(
        "res.users", string="Observation Begun by", readonly=True, ondelete="restrict"
    )
    ended_by_id = fields.Many2one(
        "res.users", string="Observation Ended by", readonly=True, ondelete="restrict"
    )
    finding_ids = fields.One2many("order.observation.finding", "observation_id")
    count_orders = fields.Integer("Orders Concerned", compute="_compute_figures")
    count_stopped = fields.Integer("Orders Stopped", compute="_compute_figures")
    count_signatures = fields.Integer(
        "Signatures Asked For", compute="_compute_figures"
    )
    count_never = fields.Integer("Never Signed", compute="_compute_figures")
    count_late = fields.Integer("Limits Missed", compute="_compute_figures")

    # a second one would count everything twice
    _running_uniq = models.UniqueIndex(
        "(procedure_id, company_id) WHERE state = 'running'",
        "This procedure is observed already.",
    )

    @api.depends("finding_ids")
    def _compute_figures(self):
        rows = self.env["order.observation.finding"]._read_group(
            [("observation_id", "in", self.ids)],
            ["observation_id", "kind"],
            ["__count", "order_name:array_agg"],
        )
        for observation in self:
            counts, orders = {}, {}
            for of, kind, count, names in rows:
                if of == observation:
                    counts[kind], orders[kind] = count, set(names)
            stopped = orders.keys() - {"late"}
            observation.count_orders = len(set().union(*orders.values()))
            observation.count_stopped = len(
                set().union(*(orders[kind] for kind in stopped))
            )
            observation.count_signatures = counts.get("sign", 0)
            observation.count_never = len(orders.get("never", ()))
            observation.count_late = counts.get("late", 0)

    @api.model
    @remembered
    def _companies_observing(self):
        """Return the ids of the companies that observe anything."""
        groups = self._read_group([("state", "=", "running")], ["company_id"])
        return frozenset(company.id for (company,) in groups)

    # -- acts --------------------------------------------------------------------------

    @api.model
    def _begin(self, procedure, parts, company):
        """Observe ``parts`` of ``procedure`` in ``company`` from now on.

        :raise UserError: nothing that could be observed is among them, or it is
            observed already
        """
        # the caller has been asked whether he may switch procedures; whatever there is
        # in this company counts
        known = clean(self).sudo()
        running = [
            ("procedure_id", "=", procedure.id),
            ("company_id", "=", company.id),
            ("state", "=", "running"),
        ]
        if known.search_count(running, limit=1):
            raise UserError(
                self.env._(
                    "%s is observed already: see “Observed Procedures”.",
                    procedure.display_name,
                )
            )
        switched = parts.filtered(lambda part: part.role != "use")
        waiting = switched - switched._find_on()
        if not waiting:
            raise UserError(
                self.env._(
                    "Everything that is ticked is in force already: there is nothing "
                    "to observe."
                )
            )
        observation = known.create(
            {
                "procedure_id": procedure.id,
                "company_id": company.id,
                "part_ids": waiting.ids,
                "since": fields.Datetime.now(),
                "started_by_id": self.env.uid,
            }
        )
        return observation.with_env(self.env)

    def _show(self):
        """Return the action that shows this observation."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.env._("Observed Procedures"),
        }

    def _open_end(self):
        """Open the door of an act that ends these observations; return them as the
        engine writes them, one caller after another.

        :raise AccessError: the caller switches no procedures, or not in this company
        :raise UserError: it is over already
        """
        self.ensure_one()
        self.check_access("read")
        check_may_switch(self.env)
        take_turns(self)
        self.invalidate_recordset(["state"])
        if self.state != "running":
            raise UserError(
                self.env._("%s is not observed any more.", self.display_name)
            )
        return self.sudo()  # the engine notes who ended it and when

    @public_act
    def action_make_binding(self):
        """Put what is observed in force for orders from now on: those under way are
        left alone, as always when something is switched on.

        :raise ValidationError: one of the records refuses, in its own words
        """
        observation = self._open_end()
        self.part_ids._switch(True)
        observation._end("binding")

    @public_act
    def action_stop(self):
        """Observe it no more; what was found is kept."""
        self._open_end()._end("stopped")

    def _end(self, state):
        self.write(
            {
                "state": state,
                "until": fields.Datetime.now(),
                "ended_by_id": self.env.uid,
            }
        )
