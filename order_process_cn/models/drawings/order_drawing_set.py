from odoo import api, fields, models

from ..document.numbers import give_numbers

DRAFT, ISSUED, RECOVERED, RECALLED, REPLACED, CANCELLED = (
    "draft",
    "issued",
    "recovered",
    "recalled",
    "replaced",
    "cancel",
)
# by which one may work
HANDED_OVER = (ISSUED, RECOVERED)
# outcomes of a review after which nobody works by what was handed out on it
RECALLS = {"declined", "withdrawn", "terminated"}
GROUP = "order_process_cn.order_group_engineering"
WORKSHOP = "mrp.group_mrp_user"


class OrderDrawingSet(models.Model):
    """设计图纸: the drawings by which something is made (MFG-2): asked for by
    production, drawn and checked by engineering, handed over in sets, and recovered.

    ``order_drawing_issue.py`` holds its acts, ``order_drawing_words.py`` what a review
    and its paper say.
    """

    _name = "order.drawing.set"
    _inherit = ["order.document.mixin"]
    _description = "Drawing Set"
    _order = "id desc"
    _check_company_auto = True

    _moves = {
        DRAFT: {ISSUED, CANCELLED},
        ISSUED: {RECOVERED, RECALLED, REPLACED},
        RECOVERED: {RECALLED, REPLACED},
        RECALLED: {REPLACED},
        REPLACED: set(),
        CANCELLED: set(),
    }
    _gates = {"issue": ("state", {ISSUED})}
    _entered = frozenset(
        {"product_id", "order_id", "production_ids", "user_id", "wanted_date", "note"}
    )
    _given = frozenset({"company_id"})
    _in_charge = "user_id"
    _facts = {
        "document": ["company_id", "note"],
        "product": ["product_id"],
    }
    _lines = "sheet_ids"
    # a replaced file voids what was signed
    _line_facts = {
        "document": ["number", "revision", "title", "kind", "file.checksum"],
    }

    name = fields.Char(
        string="Drawing Set No.", required=True, readonly=True, default="/", copy=False
    )
    state = fields.Selection(
        [
            (DRAFT, "Being Drawn"),
            (ISSUED, "Handed Out"),
            (RECOVERED, "Recovered"),
            (RECALLED, "Recalled"),
            (REPLACED, "Replaced"),
            (CANCELLED, "Cancelled"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="All production orders of the product that are made for it.",
    )
    production_ids = fields.Many2many(
        "mrp.production",
        string="Production Orders",
        copy=False,
        check_company=True,
        ondelete="restrict",
        domain="[('product_id', '=', product_id), "
        "('state', 'not in', ['done', 'cancel'])]",
    )
    # whoever draws need not see production orders
    origin = fields.Char(compute="_compute_origin", store=True)
    requested_by_id = fields.Many2one(
        "res.users",
        string="Requested by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Engineer",
        domain=[("share", "=", False)],
        index="btree_not_null",
        tracking=True,
    )
    wanted_date = fields.Date(string="Wanted on")
    note = fields.Text(string="What Is Needed")
    sheet_ids = fields.One2many(
        "order.drawing.sheet", "set_id", string="Drawings", copy=True
    )
    handover_ids = fields.One2many(
        "order.drawing.handover", "set_id", string="Hand-overs"
    )
    supersedes_id = fields.Many2one(
        "order.drawing.set",
        string="Replaces",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    is_urgent = fields.Boolean(
        string="Urgent", compute="_compute_is_urgent", compute_sudo=True
    )

    _one_successor = models.UniqueIndex(
        "(supersedes_id) WHERE supersedes_id IS NOT NULL AND state != 'cancel'",
        "Another drawing set replaces this one already.",
    )

    @api.depends("name", "origin", "product_id")
    def _compute_display_name(self):
        for drawings in self:
            about = drawings.origin or drawings.product_id.display_name
            drawings.display_name = " · ".join(filter(None, [drawings.name, about]))

    @api.depends("order_id.name", "production_ids.name")
    def _compute_origin(self):
        # a name on the document; who draws sees neither
        for drawings in self.sudo():
            names = [drawings.order_id.name, *drawings.production_ids.mapped("name")]
            drawings.origin = ", ".join(filter(None, names))

    @api.depends("order_id.is_urgent", "production_ids.is_urgent")
    def _compute_is_urgent(self):
        for drawings in self:
            causes = drawings.production_ids.mapped("is_urgent")
            drawings.is_urgent = drawings.order_id.is_urgent or any(causes)

    @api.model
    def _complete(self, vals_list):
        return give_numbers(self, vals_list)

    # -- what signatures vouch for -----------------------------------------------------

    def _get_fact_content(self, rows, lines, known=None):
        """The bytes of each file, see ``order.review.mixin``."""
        sheets = self.env["order.drawing.sheet"].browse(
            [line for found in lines.values() for line in found]
        )
        checksums = sheets._get_checksums()
        return {
            set_id: {
                "lines": {
                    line: {"file.checksum": checksums.get(line, "")} for line in found
                }
            }
            for set_id, found in lines.items()
        }

    # -- whether one may work by it ----------------------------------------------------

    def _find_gap(self):
        """Return in words why nobody may work by one set yet, or ``False``."""
        if self.state not in HANDED_OVER:
            states = dict(self._fields["state"]._description_selection(self.env))
            return f"{self.name}: {states[self.state]}"
        if gap := self._find_review_gaps().get(self):
            return f"{self.name}: {gap}"
        awaited = self.handover_ids.filtered("is_awaited")
        if missing := awaited.filtered(lambda h: not h.received_on):
            return self.env._(
                "%(set)s: not signed for by %(departments)s",
                set=self.name,
                departments=", ".join(missing.department_id.mapped("name")),
            )
        if any(h.sheet_digest != h.sheet_ids._get_digest() for h in awaited):
            return self.env._(
                "%s: a file is another one than was handed over; replace the set",
                self.name,
            )
        return False
