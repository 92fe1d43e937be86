import base64

from odoo import Command

from .scenes_common import Scene
from .scenes_workshop import WorkshopScenes


class ProcedureScenes(WorkshopScenes):
    """Procedures are switched by whoever configures the process."""

    def _starter(self):
        procedures = self.env["order.procedure"].with_user(self.administrator)
        return procedures.search([("code", "=", "P00")])

    def _page(self, mode="on"):
        """Return the page of the starter, which has somebody for each seat."""
        pages = self.env["order.procedure.switch"].with_user(self.administrator)
        return pages.create({"procedure_id": self._starter().id, "mode": mode})

    def _claim(self):
        """Return the claim of a route for every type that comes first."""
        self._make_route(
            name="Everything", sequence=1, order_type_ids=[Command.clear()]
        )
        return self._page().claim_ids

    def scene_order_procedure__action_begin(self):
        return Scene(self.administrator, self._starter().browse())

    def scene_order_procedure__action_open_switch(self):
        return Scene(self.administrator, self._starter())

    def scene_order_procedure__action_open_switch_off(self):
        return Scene(self.administrator, self._starter())

    def scene_order_procedure_switch__action_apply(self):
        return Scene(self.administrator, self._page())

    def scene_order_procedure_switch__action_refresh(self):
        return Scene(self.administrator, self._page())

    def scene_order_procedure_switch__action_observe(self):
        return Scene(self.administrator, self._page())

    def _observation(self):
        """Return an observation that has found something."""
        found = self.env["order.observation"].browse(
            self._page().action_observe()["res_id"]
        )
        self.env["order.observation.finding"].create(
            {
                "observation_id": found.id,
                "order_name": "S1",
                "day": "2030-05-20",
                "kind": "sign",
                "step": "Check",
            }
        )
        return found

    def scene_order_observation__action_stop(self):
        return Scene(self.administrator, self._observation())

    def scene_order_observation__action_make_binding(self):
        return Scene(self.administrator, self._observation())

    def scene_order_procedure_switch__action_make_sample(self):
        self._let_sell()
        return Scene(self.administrator, self._page())

    def scene_order_procedure_slip__action_make_sample(self):
        self._let_sell()
        slips = self.env["order.procedure.slip"].with_user(self.administrator)
        return Scene(self.administrator, slips.create({"page_id": self._page().id}))

    def scene_order_followed__action_open_document(self):
        order = self._order().sudo()
        order.progress = "entry"
        self.env.flush_all()
        followed = self.env["order.followed"].with_user(order.user_id)
        return Scene(order.user_id, followed.browse(order.id))

    def scene_order_procedure_switch__action_remove_sample(self):
        self._let_sell()
        page = self._page()
        page.action_make_sample()
        return Scene(self.administrator, page)

    def _let_sell(self):
        """Let the administrator make customers, products and orders."""
        self.administrator.sudo().group_ids += self.env.ref(
            "sales_team.group_sale_manager"
        ) | self.env.ref("product.group_product_manager")

    def scene_order_procedure_switch_claim__action_swap(self):
        return Scene(self.administrator, self._claim())

    def scene_order_procedure_switch_claim__action_limit_types(self):
        return Scene(self.administrator, self._claim())

    def _gap(self):
        self.company.resource_calendar_id.tz = "Europe/Brussels"
        self.administrator.sudo().group_ids += self.env.ref("base.group_system")
        gaps = self._page().gap_ids
        return gaps.filtered(lambda gap: gap.cure == "company")[-1:]

    def scene_order_procedure_switch_gap__action_open(self):
        return Scene(self.administrator, self._gap())

    def scene_order_procedure_switch_gap__action_mend(self):
        return Scene(self.administrator, self._gap())

    def scene_order_procedure__action_open_trial(self):
        return Scene(self.administrator, self._starter())

    def _trial(self):
        """Return the page of a trial; there is an order on which to try it."""
        self._let_sell()
        self._order()
        trials = self.env["order.procedure.trial"].with_user(self.administrator)
        return trials.create({"procedure_id": self._starter().id})

    def scene_order_procedure_trial__action_run(self):
        return Scene(self.administrator, self._trial())

    def scene_order_procedure_trial__action_open_lines(self):
        trial = self._trial()
        trial.action_run()
        return Scene(self.administrator, trial)

    def _file_page(self):
        """Return the page with a file that would change something."""
        from_here = self._starter().action_export()["res_id"]
        page = self.env["order.procedure.file"].browse(from_here)
        pages = self.env["order.procedure.file"].with_user(self.administrator)
        made = pages.create({"content": page.content})
        routes = self._starter()._get_configuration("order.review.route")
        routes.sudo().sequence += 1
        return made

    def _import_page(self, rows):
        """Return the page of a salesperson with a file of orders."""
        pages = self.env["order.import.wizard"].with_user(self.salesman)
        titles = base64.b64decode(pages.new({}).template).decode("utf-8-sig")
        return pages.create({"content": base64.b64encode((titles + rows).encode())})

    def scene_order_day_line__action_begin(self):
        return Scene(self.salesman, self.env["order.day.line"])

    def scene_order_day_line__action_open(self):
        lines = self.env["order.day.line"].with_user(self.salesman)
        lines.action_begin()
        return Scene(self.salesman, lines.search([], limit=1))

    def scene_order_import_wizard__action_check(self):
        page = self._import_page("Nobody,,,Nothing,x,\n")
        page.action_check()
        return Scene(self.salesman, page)

    def scene_order_import_wizard__action_template(self):
        return Scene(self.salesman, self._import_page(""))

    def scene_order_import_wizard__action_make(self):
        row = f"{self.partner.name},,,{self.product.name},1,\n"
        page = self._import_page(row)
        page.action_check()
        return Scene(self.salesman, page)

    def scene_order_procedure__action_export(self):
        return Scene(self.administrator, self._starter())

    def scene_order_procedure__action_import(self):
        return Scene(self.administrator, self._starter().browse())

    def scene_order_procedure_file__action_compare(self):
        return Scene(self.administrator, self._file_page())

    def scene_order_procedure_file__action_import(self):
        page = self._file_page()
        page.action_compare()
        return Scene(self.administrator, page)

    def scene_order_procedure_file__action_open_card(self):
        page = self._file_page()
        page.action_compare()
        return Scene(self.administrator, page)
