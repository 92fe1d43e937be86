from odoo import api, models

# what a type may ask of its orders before they are confirmed, or go to production
GATES = (
    "reviews_before_sending",
    "requires_return",
    "requires_technical",
    "requires_drawing",
    "requires_stock_decision",
)


class OrderProcedure(models.Model):
    """The picture of a procedure, drawn from its records (PRC-1): one row for each kind
    of document, then the limits and the papers."""

    _inherit = "order.procedure"

    @api.depends("part_ids", "code")
    @api.depends_context("lang", "allowed_company_ids")
    def _compute_steps_picture(self):
        # of all cards at once: three dozen stand on one page
        found = self.part_ids._get_records()
        kinds = self.env["order.review.route"]._selection_res_model()
        for procedure in self:
            own = {part: found[part] for part in procedure.part_ids}
            procedure.steps_picture = self.env["ir.qweb"]._render(
                "order_process_cn.procedure_picture",
                {"rows": procedure._draw_rows(own, kinds)},
            )

    def _draw_rows(self, own, kinds):
        """Return ``[{"title", "steps": [step]}]``, a step as of :meth:`_step`.

        :param own: ``{part: record}`` of this procedure
        :param kinds: ``[(model, name)]`` of the documents that are reviewed
        """
        self.ensure_one()
        routes = self._pick(own, "order.review.route")
        rows = []
        for res_model, label in kinds:
            here = routes.filtered_domain([("res_model", "=", res_model)])
            here = here.with_prefetch(routes._prefetch_ids)
            if res_model == "sale.order":
                rows += self._draw_order_rows(here, own)
            else:
                rows += [
                    {"title": label, "steps": self._draw_stages(route)}
                    for route in here
                ]
        rows += self._draw_limits(own)
        rows += self._draw_papers(own)
        return rows

    def _pick(self, own, model):
        """Return the records of one kind among ``own``; what they lead to is read
        together with that of the other cards."""
        records = [one for one in own.values() if one and one._name == model]
        picked = self.env[model].union(*records)
        return picked.with_prefetch(records[0]._prefetch_ids) if records else picked

    def _draw_order_rows(self, routes, own):
        """Return the way of an order: from its entry to the day it takes effect."""
        entry = [self._step("entry", self.env._("Entry"), True)]
        effect = [self._step("effect", self.env._("In production"), True)]
        gates = self._draw_gates(own)
        if not routes and not gates:
            return []
        if not routes:
            return [{"title": self.env._("Order"), "steps": entry + gates + effect}]
        return [
            {
                "title": ", ".join(route.order_type_ids.mapped("name"))
                or self.env._("Every order type"),
                "steps": entry + self._draw_stages(route) + gates + effect,
            }
            for route in routes
        ]

    def _step(self, kind, name, on, seats=(), note=""):
        return {"kind": kind, "name": name, "on": on, "seats": seats, "note": note}

    def _draw_stages(self, route):
        return [
            self._step(
                "stage",
                stage.name,
                route.active,
                [seat._describe() for seat in stage.seat_ids],
                self._note_stage(stage),
            )
            for stage in route.stage_ids
        ]

    def _note_stage(self, stage):
        """Return what is not plain about a stage, in a few words."""
        words = []
        if stage.opens == "refusal":
            words.append(self.env._("only after a refusal"))
        if stage.amount_from:
            words.append(self.env._("from %s on", f"{stage.amount_from:,.0f}"))
        if (stage.domain or "[]") != "[]":
            words.append(self.env._("if its condition fits"))
        if len(stage.seat_ids) > 1 and stage.mode != "all":
            words.append(
                dict(stage._fields["mode"]._description_selection(self.env))[stage.mode]
            )
        return "; ".join(words)

    def _draw_gates(self, own):
        """Return what an order waits for after its review."""
        steps = []
        sets = {part: kind for part, kind in own.items() if kind._name == "order.type"}
        for name in GATES:
            ticks = [part for part in sets if part.field_name == name]
            if ticks:
                label = (
                    self.env["order.type"]._fields[name]._description_string(self.env)
                )
                on = any(sets[part] and part._is_on(sets[part]) for part in ticks)
                steps.append(self._step("gate", label, on))
        for rule in self._pick(own, "order.deposit.rule"):
            steps.append(
                self._step(
                    "gate", rule.name, rule.active, note=self._note_deposit(rule)
                )
            )
        for plan in self._pick(own, "order.payment.plan"):
            steps.append(self._step("gate", plan.name, plan.active))
        for window in self._pick(own, "order.issue.window"):
            steps.append(
                self._step(
                    "gate", window.name, window.active, note=window._spell_days()
                )
            )
        return steps

    def _note_deposit(self, rule):
        spell = self.env["res.lang"]._spell_number
        if rule.method == "percent":
            text = f"{spell(rule.percent, 2)} %"
        else:
            text = spell(rule.amount, 2)
        if rule.pickup_days:
            text += "; " + self.env._("to be taken in %s days", rule.pickup_days)
        return text

    def _draw_limits(self, own):
        limits = self._pick(own, "order.time.limit")
        steps = [
            self._step("limit", limit.name, limit.active, note=limit.span)
            for limit in limits
        ]
        return [{"title": self.env._("Time Limits"), "steps": steps}] if steps else []

    def _draw_papers(self, own):
        forms = self._pick(own, "order.form")
        steps = [
            self._step("paper", f"{form.code} {form.name}", True) for form in forms
        ]
        return [{"title": self.env._("Papers"), "steps": steps}] if steps else []
