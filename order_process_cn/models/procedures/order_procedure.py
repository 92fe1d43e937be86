from odoo import api, fields, models

from ..mechanism.engine import public_act


class OrderProcedure(models.Model):
    """One of the procedures of the documents, as a card (PRC-1).

    Where what stands: the card and its state here, the picture of its steps in
    ``order_procedure_picture.py``, who and what it lacks in ``needs.py``, which other
    routes claim the same orders in ``claims.py``, the page on which it is switched on
    in ``wizard/order_procedure_switch.py``, the trial on orders of the past in
    ``trial.py``, and the observation of orders under way in ``observing.py``.
    """

    _name = "order.procedure"
    _inherit = ["order.config.mixin"]
    _description = "Procedure"
    _order = "sequence, code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(string="Procedure Code", required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    essence = fields.Text(required=True, translate=True)
    source = fields.Char(string="Source Document")
    trade = fields.Char(translate=True)
    # what a test of the whole system walks, for those who read and do not run it
    story = fields.Text(string="How It Goes", translate=True)
    part_ids = fields.One2many("order.procedure.part", "procedure_id", string="Parts")
    state = fields.Selection(
        [
            ("off", "Switched off"),
            ("partly", "Partly switched on"),
            ("on", "In force"),
            ("people", "Nothing to switch on"),
        ],
        string="In Force?",
        compute="_compute_state",
        search="_search_state",
    )
    count_on = fields.Integer(string="Parts in Force", compute="_compute_state")
    count_parts = fields.Integer(string="Parts to Switch", compute="_compute_state")
    is_observed = fields.Boolean(compute="_compute_is_observed", compute_sudo=True)
    steps_picture = fields.Html(
        string="Steps", compute="_compute_steps_picture", sanitize=False
    )

    _code_uniq = models.UniqueIndex("(code)", "There is a procedure with this code.")

    @api.depends("code", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for procedure in self:
            procedure.display_name = f"{procedure.code} {procedure.name}"

    @api.depends("part_ids")
    def _compute_state(self):
        on = self.part_ids._find_on()
        for procedure in self:
            parts = procedure._get_switched_parts()
            procedure.count_parts = len(parts)
            procedure.count_on = len(parts & on)
            if not parts:
                procedure.state = "people"
            elif procedure.count_on == len(parts):
                procedure.state = "on"
            else:
                procedure.state = "partly" if procedure.count_on else "off"

    @api.depends_context("allowed_company_ids")
    def _compute_is_observed(self):
        """Whether a company in which the reader works observes it now. [PRC-3]"""
        running = self.env["order.observation"].search(
            [
                ("procedure_id", "in", self.ids),
                ("company_id", "in", self.env.companies.ids),
                ("state", "=", "running"),
            ]
        )
        for procedure in self:
            procedure.is_observed = procedure in running.procedure_id

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        # three dozen records
        found = self.search([("code", "!=", False)]).filtered(
            lambda procedure: procedure.state in value
        )
        return [("id", "in", found.ids)]

    def _get_switched_parts(self):
        """Return the parts that are switched or set, not what is there anyway."""
        return self.part_ids.filtered(lambda part: part.role != "use")

    def _get_configuration(self, model):
        """Return the records of one kind that belong to these procedures."""
        return self.part_ids._get_configuration(model)

    @api.model
    def _get_first(self):
        """Return the procedure to begin with: one that is in force, else the one that
        needs the fewest people."""
        every = self.search([("code", "!=", False)])
        return (
            every.filtered(lambda procedure: procedure.state == "on")[:1] or every[:1]
        )

    # -- acts --------------------------------------------------------------------------

    @api.model
    @public_act
    def action_begin(self):
        """Open the first steps: the page of the procedure to begin with."""
        self.check_access("read")
        return self._get_first()._open_page("on", self.env._("First Steps"))

    @public_act
    def action_open_switch(self):
        """Open the page on which the procedure is switched on."""
        self.ensure_one()
        self.check_access("read")
        return self._open_page("on", self.display_name)

    @public_act
    def action_open_switch_off(self):
        """Open the page on which the procedure is switched off."""
        self.ensure_one()
        self.check_access("read")
        return self._open_page("off", self.display_name)

    @public_act
    def action_open_trial(self):
        """Open the page on which the procedure is tried on orders of the past."""
        self.ensure_one()
        trial = self.env["order.procedure.trial"].create({"procedure_id": self.id})
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_procedure_trial_action"
        )
        return {**action, "res_id": trial.id}

    def _open_page(self, mode, name):
        page = self.env["order.procedure.switch"].create(
            {"procedure_id": self.id, "mode": mode}
        )
        return page._show(name)
