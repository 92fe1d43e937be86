from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """常规, 陌生, 临时插单, 紧急 …: what kind of order this is (CLS-1, CLS-4).

    The type decides which review route, deposit rule, time limits and issue window
    apply. A type without any of them changes nothing about an order.
    """

    _name = "order.type"
    _inherit = ["order.config.mixin", "order.reach.mixin"]
    _description = "Order Type"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(
        default=10,
        help="When several types fit an order, the first one is proposed.",
    )
    active = fields.Boolean(default=True)
    color = fields.Integer(default=0)
    company_id = fields.Many2one("res.company", index=True)
    note = fields.Text(string="Description", translate=True)
    rule_ids = fields.One2many(
        "order.type.rule",
        "type_id",
        string="Proposed When",
    )
    route_ids = fields.Many2many(
        "order.review.route",
        "order_review_route_type_rel",
        "type_id",
        "route_id",
        string="Review Routes",
    )
    confirms_automatically = fields.Boolean(
        string="Confirm after Approval",
        help="The order is confirmed by itself once nothing stands in the way. "
        "Otherwise somebody presses Confirm.",
    )
    sends_acknowledgement = fields.Boolean(
        string="Acknowledge Receipt",
        help="The customer gets a message with the order number when the order is "
        "submitted.",
    )
    replies_automatically = fields.Boolean(
        string="Reply to Urgent Orders after Approval",
        help="The customer of an urgent order gets the signed reply by e-mail.",
    )
    reviews_before_sending = fields.Boolean(
        string="Review before the Quotation Is Sent",
        help="The quotation may be sent only after the review is approved.",
    )
    requires_return = fields.Boolean(
        string="Signed Return Required",
        help="The order is confirmed only when the order confirmation has come back "
        "signed and somebody has checked it. Until then the promised date slips.",
    )
    requires_technical = fields.Boolean(
        string="Technical and Material Confirmation",
        help="Engineering and purchasing confirm in writing before production.",
    )
    requires_drawing = fields.Boolean(
        string="Drawing Confirmed by the Customer",
        help="The customer confirms drawing or measurements before production.",
    )
    requires_stock_decision = fields.Boolean(
        string="Decision on Short Lines",
        help="What is to happen with lines that are short or late is agreed with the "
        "customer before production.",
    )
    issue_window_id = fields.Many2one(
        "order.issue.window",
        check_company=True,
        help="Orders go to production on these days only, from the issue desk.",
    )
    promised_means = fields.Selection(
        [("finished", "Goods finished"), ("delivered", "Goods delivered")],
        string="Promised Date Means",
        required=True,
        default="finished",
    )
    closing_rule = fields.Selection(
        [("paid", "Paid"), ("received", "Receipt confirmed")],
        string="Order Closes When",
        required=True,
        default="paid",
    )
    asks_acceptance = fields.Boolean(
        string="Accepted by the Customer",
        help="The customer checks what was delivered and accepts it, on the page of "
        "his order or on paper that is registered. The order closes after that only. "
        "What he refuses becomes a service case. Concerns orders confirmed from now "
        "on.",
    )

    _name_company_uniq = models.UniqueIndex(
        "(name, company_id) NULLS NOT DISTINCT",
        "An order type with this name already exists.",
    )

    def write(self, vals):
        if "route_ids" not in vals:
            return super().write(vals)
        # another door to what the routes are for
        before = self.with_context(active_test=False).route_ids
        result = super().write(vals)
        if wide := before.filtered(lambda route: not route._ids_in("order_type_ids")):
            raise UserError(self._spell_last([(r, "order_type_ids") for r in wide]))
        return result

    @api.constrains("issue_window_id")
    def _check_issue_window(self):
        for kind in self:
            if kind.issue_window_id and not kind.issue_window_id.active:
                raise ValidationError(
                    self.env._(
                        "“%(type)s”: the issue window “%(window)s” is switched off. "
                        "Switch it on first.",
                        type=kind.name,
                        window=kind.issue_window_id.name,
                    )
                )

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        self._display_name_from_memory()

    @api.model
    @remembered
    def _ids_asking_acceptance(self):
        """Return the ids of the types whose customers accept what was delivered."""
        types = self._get_with_archived([("asks_acceptance", "=", True)])
        return frozenset(types.ids)

    @remembered
    def _get_company_id(self):
        return self.company_id.id

    @remembered
    def _ids_to_propose(self, company_id):
        """Return the ids of the types that may be proposed, in order of preference.

        Empty while no review route for sale orders is switched on: then nobody needs
        a type and plain orders cost nothing.
        """
        if not self.env["order.review.route"]._ids_for("sale.order", company_id):
            return ()
        types = self.search(
            [("rule_ids", "!=", False), ("company_id", "in", [False, company_id])]
        )
        return tuple(types.ids)

    # What a type asks of its orders holds until they are finished: archiving the type
    # takes it out of the choice for new ones only.

    def _get_with_archived(self, domain):
        return self.with_context(active_test=False).search(domain)

    @remembered
    def _ids_confirming(self):
        """Return the ids of the types whose orders are confirmed by themselves."""
        types = self._get_with_archived([("confirms_automatically", "=", True)])
        return frozenset(types.ids)

    @remembered
    def _ids_acknowledging(self):
        """Return the ids of the types whose customers get an acknowledgement."""
        types = self._get_with_archived([("sends_acknowledgement", "=", True)])
        return frozenset(types.ids)

    @remembered
    def _ids_reviewed_before_sending(self):
        """Return the ids of the types whose quotations are reviewed."""
        types = self._get_with_archived([("reviews_before_sending", "=", True)])
        return frozenset(types.ids)

    @remembered
    def _ids_requiring_return(self):
        """Return the ids of the types whose confirmation comes back signed."""
        types = self._get_with_archived([("requires_return", "=", True)])
        return frozenset(types.ids)

    @remembered
    def _ids_requiring_technical(self):
        """Return the ids of the types whose orders wait for written confirmations."""
        types = self._get_with_archived([("requires_technical", "=", True)])
        return frozenset(types.ids)

    @remembered
    def _ids_holding(self):
        """Return the ids of the types whose orders may wait for their effect."""
        types = self._get_with_archived([])
        return frozenset(kind.id for kind in types if kind._may_hold())

    @remembered
    def _compiled_rules(self, company_id):
        """Return ``[(type id, sequence, [rule, …])]`` in order of preference, the
        rules as plain data."""
        kinds = self.browse(self._ids_to_propose(company_id))
        return [
            (kind.id, [rule._compile() for rule in kind.rule_ids]) for kind in kinds
        ]

    @api.model
    def _may_wait_for_money(self):
        """Whether orders of some type wait for anything that money can bring."""
        return bool(self._ids_holding())

    def _may_hold(self):
        """Whether a confirmed order of this type may have to wait before anything is
        launched, whatever it has to pay before. Deposits: see ``_may_be_held``."""
        return bool(
            self.issue_window_id
            or self.requires_technical
            or self.requires_drawing
            or self.requires_stock_decision
        )

    def copy_data(self, default=None):
        return [
            {**values, "name": self.env._("%s (copy)", kind.name)}
            for kind, values in zip(self, super().copy_data(default), strict=True)
        ]
