from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ..mechanism.memory import remembered

INCOMING, FIRST, IN_PROCESS, FINAL, OUTGOING, RETURNED = (
    "incoming",
    "first",
    "in_process",
    "final",
    "outgoing",
    "returned",
)
KINDS = [
    (INCOMING, "Incoming Goods"),
    (FIRST, "First Article"),
    (IN_PROCESS, "In Process"),
    (FINAL, "Final"),
    (OUTGOING, "Outgoing"),
    (RETURNED, "Returned Goods"),
]
ALL, PERCENT, PLAN = "all", "percent", "plan"


class Point(NamedTuple):
    """What has to be known of a point to say whether it is for some goods."""

    id: int
    kind: str
    company: int
    products: frozenset
    categories: frozenset
    partners: frozenset
    types: frozenset
    first: float

    def is_for(self, product, company, partner=None, operation=None):
        """Whether goods are inspected here.

        :param partner: id of the vendor, ``None`` where it is not known
        :param operation: id of the type of the transfer, as above
        """
        path = (product.categ_id.parent_path or "").split("/")
        return (
            (product.id in self.products or not self.categories.isdisjoint(path))
            and self.company in {False, company}
            and (not self.partners or partner is None or partner in self.partners)
            and (not self.types or operation is None or operation in self.types)
        )


class OrderInspectionPoint(models.Model):
    """Where goods are inspected, how, and whether they wait for it (MFG-7).

    It names its goods: one that names none inspects nothing.
    """

    _name = "order.inspection.point"
    _inherit = ["order.in.force.mixin", "order.company.mixin"]
    _description = "Inspection Point"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, required=True, default=INCOMING)
    guards = fields.Boolean(
        string="Goods Wait",
        default=True,
        help="Incoming and final: goods enter stock as far as they have passed. First "
        "article: no more is made before it has passed. In process: the next operation "
        "works on what has passed. Outgoing: goods of orders that "
        "leave on a shipping release leave when they have passed.",
    )
    product_ids = fields.Many2many(
        "product.product",
        string="Products",
        # without its last one a point would be for everything: so for what follows
        ondelete="restrict",
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        ondelete="restrict",
        help="And those below them.",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Vendors",
        ondelete="restrict",
        help="Incoming goods only. Empty: all vendors.",
    )
    picking_type_ids = fields.Many2many(
        "stock.picking.type",
        string="Operation Types",
        check_company=True,
        ondelete="restrict",
        help="Empty: all operations.",
    )
    sampling = fields.Selection(
        [(ALL, "Every Piece"), (PERCENT, "Percentage"), (PLAN, "Sampling Plan")],
        required=True,
        default=ALL,
    )
    percent = fields.Float(string="Sample (%)", digits=(5, 2), default=10.0)
    plan_id = fields.Many2one(
        "order.sampling.plan", string="Sampling Plan", ondelete="restrict"
    )
    item_ids = fields.One2many(
        "order.inspection.item", "point_id", string="Items", copy=True
    )
    quarantine_location_id = fields.Many2one(
        "stock.location",
        string="Quarantine",
        check_company=True,
        domain=[("usage", "=", "internal")],
        help="Where goods lie that have not passed. It is no stock, wherever it lies.",
    )
    first_quantity = fields.Float(
        string="First Pieces",
        digits="Product Unit",
        default=1.0,
        help="So many are made before the first article has passed.",
    )
    user_id = fields.Many2one(
        "res.users", string="Inspector", help="Who is asked. Empty: all inspectors."
    )

    @api.constrains("product_ids", "category_ids")
    def _check_goods(self):
        for point in self:
            if not point.product_ids and not point.category_ids:
                raise ValidationError(
                    self.env._(
                        "“%s” inspects nothing: name products or categories.",
                        point.name,
                    )
                )

    @api.constrains("sampling", "percent", "plan_id")
    def _check_sampling(self):
        for point in self:
            if point.sampling == PERCENT and not 0 < point.percent <= 100:
                raise ValidationError(
                    self.env._(
                        "“%s”: a sample is more than 0 and at most 100 percent.",
                        point.name,
                    )
                )
            if point.sampling == PLAN and not point.plan_id.row_ids:
                raise ValidationError(
                    self.env._(
                        "“%s”: choose a sampling plan that has lot sizes.", point.name
                    )
                )

    @api.model
    @remembered
    def _get_points(self, kind):
        """Return ``(Point, …)`` in force of one kind."""
        # what is archived since is still meant
        every = self.search([("kind", "=", kind)]).with_context(active_test=False)
        return tuple(
            Point(
                point.id,
                kind,
                point.company_id.id,
                frozenset(point.product_ids.ids),
                frozenset(map(str, point.category_ids.ids)),
                frozenset(point.partner_ids.commercial_partner_id.ids),
                frozenset(point.picking_type_ids.ids),
                point.first_quantity,
            )
            for point in every
        )

    @api.model
    @remembered
    def _is_any(self):
        """Whether there is or was a point at all."""
        return bool(self.with_context(active_test=False).search_count([], limit=1))

    @api.model
    @remembered
    def _ids_guarding(self):
        """Return the ids of the points for which goods wait."""
        return frozenset(self.search([("guards", "=", True)]).ids)

    @api.model
    @remembered
    def _ids_quarantine(self):
        """Return the ids of the locations where goods lie that have not passed."""
        every = self.with_context(active_test=False).search([])
        return frozenset(every.quarantine_location_id.ids)

    @api.model
    def _get_guarding(self, *kinds):
        """Return the points of some kinds for which goods wait. Costs no query."""
        guarding = self.browse()._ids_guarding()
        return [
            point
            for kind in kinds
            for point in self.browse()._get_points(kind)
            if point.id in guarding
        ]

    def _get_sample(self, quantity):
        """Return ``(sample size, faulty pieces allowed)`` of a lot at one point."""
        if self.sampling == PLAN:
            row = self.plan_id._find_row(quantity)
            return min(quantity, row.sample_size), row.accept
        if self.sampling == PERCENT:
            return quantity * self.percent / 100, 0
        return quantity, 0

    def _prepare_lines(self):
        """Return the commands that give an inspection the items of one point."""
        return [Command.create(item._prepare_line()) for item in self.item_ids]
