from odoo import api, fields, models

# what a type may ask for before its orders take effect
CUSTOMS = (
    "requires_technical",
    "requires_drawing",
    "requires_stock_decision",
)


class OrderType(models.Model):
    """What really applies to the orders of a type, whoever names whom: routes and
    rules for every type concern it too (CLS-4)."""

    _inherit = "order.type"

    applying_route_ids = fields.Many2many(
        "order.review.route",
        compute="_compute_applying",
        string="Routes That Apply",
        help="Switched on and for this type or for every type, in the order in which "
        "they are tried. Which types a route is for is said on the route.",
    )
    applying_deposit_rule_ids = fields.Many2many(
        "order.deposit.rule",
        compute="_compute_applying",
        string="Deposit Rules That Apply",
    )
    applying_note = fields.Text(compute="_compute_applying", string="What Applies")
    desk_warning = fields.Text(compute="_compute_applying")

    @api.depends(
        "company_id", "route_ids", "issue_window_id", "rule_ids.is_hint", *CUSTOMS
    )
    @api.depends_context("lang", "allowed_company_ids")
    def _compute_applying(self):
        for kind in self:
            routes, rules = kind._find_applying_routes(), kind._find_applying_rules()
            kind.applying_route_ids = routes
            kind.applying_deposit_rule_ids = rules
            kind.desk_warning = kind.issue_window_id._origin._warn_of_desk(
                kind._get_companies()
            )
            lines = [
                *kind._spell_proposal(),
                *kind._spell_routes(routes),
                kind._spell_deposit(rules),
                kind._spell_effect(rules),
            ]
            kind.applying_note = "\n".join(lines)

    def _get_companies(self):
        """Return the companies of whose orders the reader asks."""
        return self.company_id._origin or self.env.companies

    def _cut(self, candidates, is_final):
        """Return the records for this type, in the order in which they are tried: the
        first without a further condition is the last that is ever asked."""
        found = candidates.browse()
        for record in candidates:
            types = record._ids_in("order_type_ids")
            if types and self._origin.id not in types:
                continue
            found += record
            if is_final(record):
                break
        return found

    def _find_applying_routes(self):
        Route = self.env["order.review.route"]
        found = Route
        for company in self._get_companies():
            for res_model, _label in Route._selection_res_model():
                found |= self._cut(
                    Route.browse(Route._ids_for(res_model, company.id)),
                    lambda route: not route._read_terms(),
                )
        return found

    def _find_applying_rules(self):
        Rule = self.env["order.deposit.rule"]
        found = Rule
        for company in self._get_companies():
            plans = Rule._compiled_rules(company.id)
            found |= self._cut(
                Rule.browse([plan["rule"] for plan in plans]),
                lambda rule: rule._is_unconditional(),
            )
        return found

    # -- in words ----------------------------------------------------------------------

    def _spell_proposal(self):
        if self.rule_ids.filtered(lambda rule: not rule.is_hint):
            return []
        return [
            self.env._(
                "Never proposed by itself: somebody with the right “Override Order "
                "Type” chooses it."
            )
        ]

    def _spell_chain(self, records, is_final):
        """Return: “A” if its condition fits; otherwise “B”."""
        names = []
        for record in records:
            if is_final(record):
                names.append(self.env._("“%s”", record.name))
            else:
                names.append(self.env._("“%s” if its condition fits", record.name))
        return self.env._("; otherwise ").join(names)

    def _spell_routes(self, routes):
        """Return one line for each kind of document that is reviewed, and always one
        for the orders themselves."""
        lines = []
        for res_model, label in routes._selection_res_model():
            own = routes.filtered(lambda route, name=res_model: route.res_model == name)
            if own:
                text = self._spell_chain(own, lambda route: not route._read_terms())
                if own[-1]._read_terms():
                    text += self.env._("; otherwise no review")
            elif res_model == "sale.order":
                text = self.env._("no review, as in plain Odoo")
            else:
                continue
            lines.append(
                self.env._(
                    "Review (%(document)s): %(routes)s", document=label, routes=text
                )
            )
        return lines

    def _spell_deposit(self, rules):
        if not rules:
            return self.env._("Deposit: none")
        text = self._spell_chain(rules, lambda rule: rule._is_unconditional())
        if not rules[-1]._is_unconditional():
            text += self.env._("; otherwise none")
        return self.env._("Deposit: %s", text)

    def _waits_for_deposit(self):
        """Whether orders with a deposit wait for it before anything begins."""
        return True

    def _spell_effect(self, rules):
        """Return what a confirmed order of this type waits for."""
        waits = [
            self._fields[name]._description_string(self.env)
            for name in CUSTOMS
            if self[name]
        ]
        if rules and self._waits_for_deposit():
            waits.insert(0, self.env._("Deposit"))
        if window := self.issue_window_id:
            waits.append(
                self.env._(
                    "the issue window “%(window)s” (%(days)s)",
                    window=window.name,
                    days=window._spell_days(),
                )
            )
        if not waits:
            return self.env._("Taking effect: at once, when the order is confirmed")
        return self.env._(
            "Taking effect: confirmed orders wait for %s", ", ".join(waits)
        )
