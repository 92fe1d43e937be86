from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.allocation import allocate
from ..mechanism.engine import public_act
from .order_delivery_promise import PROMISING


class SaleOrderLine(models.Model):
    """The delivery schedule of an order line (INT-9), and how much of what is launched
    falls to each of its parts."""

    _inherit = "sale.order.line"

    delivery_part_ids = fields.One2many(
        "order.delivery.part",
        "order_line_id",
        string="Delivery Schedule",
        copy=False,
        groups="base.group_user",
    )
    # so that a line without a schedule costs nothing
    delivery_part_count = fields.Integer(
        copy=False, readonly=True, groups="base.group_user"
    )
    delivery_schedule = fields.Char(
        string="Deliveries",
        compute="_compute_delivery_schedule",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends(
        "delivery_part_count",
        "delivery_part_ids.quantity",
        "delivery_part_ids.promised_date",
        "delivery_part_ids.wanted_date",
    )
    @api.depends_context("lang")
    def _compute_delivery_schedule(self):
        self.delivery_schedule = False
        for line in self.filtered("delivery_part_count"):
            parts = line.delivery_part_ids._in_turn()
            line.delivery_schedule = ", ".join(part._spell() for part in parts)

    @api.model
    def _refuse_part_count(self, vals_list):
        if not self.env.su and any("delivery_part_count" in vals for vals in vals_list):
            raise AccessError(
                self.env._("How many parts a schedule has follows from its parts.")
            )

    def _has_schedule(self):
        """Whether a delivery schedule says something about one line."""
        return bool(
            self.product_id
            and self.product_id.type != "service"
            and not self.display_type
            and not self.is_downpayment
        )

    @public_act
    def action_open_delivery_schedule(self):
        """Open the parts in which one line is delivered."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Delivery Schedule"),
            "res_model": "sale.order.line",
            "res_id": self.id,
            "view_mode": "form",
            "views": [
                (
                    self.env["ir.model.data"]._xmlid_to_res_id(
                        "order_process_cn.sale_order_line_view_form_schedule"
                    ),
                    "form",
                )
            ],
            "target": "new",
        }

    def _find_part_problems(self):
        """Return in words where the schedule of one line is not in order."""
        unit, parts = self.product_uom_id, self.delivery_part_ids
        product, texts = self.product_id.display_name, []
        planned = sum(parts.mapped("quantity"))
        if unit.compare(planned, self.product_uom_qty):
            texts.append(
                self.env._(
                    "%(product)s: %(ordered)s ordered, %(planned)s in its delivery "
                    "schedule",
                    product=product,
                    ordered=unit._spell_with_unit(self.product_uom_qty),
                    planned=unit._spell_with_unit(planned),
                )
            )
        if not all(part._get_day() for part in parts):
            texts.append(
                self.env._(
                    "%(product)s: a part of its delivery schedule has no date",
                    product=product,
                )
            )
        return texts

    # -- what follows ------------------------------------------------------------------

    def _keep_first_promise(self):
        """Keep for ever what is promised now by parts that had promised nothing."""
        parts = self.sudo().delivery_part_ids  # the engine's to write
        for part in parts:
            if (
                part.promised_date
                and not part.first_promised_date
                and part.order_id.state in PROMISING
            ):
                part.first_promised_date = part.promised_date

    def _share_out_moves(self):
        """Have the open moves of these lines serve their parts in turn, as they are
        now: nothing more and nothing less is moved, only for other days."""
        for line in self.sudo():  # whoever changes a schedule need not see transfers
            parts = line.delivery_part_ids._in_turn()
            moves = line._get_outgoing_incoming_moves(strict=False)[0]
            fixed = moves.filtered(lambda move: move.state == "done" or move.picked)
            left = {
                part: line.product_uom_id._compute_quantity(
                    part.quantity, line.product_id.uom_id, round=False
                )
                - sum(
                    move._get_own_quantity()
                    for move in fixed
                    if move.delivery_part_id == part
                )
                for part in parts
            }
            is_open = moves - fixed
            for move in is_open.sorted(lambda m: (m.date_deadline or m.date, m.id)):
                move._serve(left)

    def _follow_schedule(self):
        """Put the days of the parts of these lines on their open moves; where the type
        of the order wishes so each day has a transfer of its own."""
        # whoever dates an order need not see transfers
        moves = self.sudo().move_ids.filtered(
            lambda move: move.delivery_part_id and move.state not in {"done", "cancel"}
        )
        for move in moves:
            move._follow_part()
        moves._part_transfers()

    # -- launching ---------------------------------------------------------------------

    def _divide_need(self, need):
        """Return the needs that one ``need`` of a line with a schedule consists of: in
        all as much as it, each with the day and the part it is for."""
        parts = self.delivery_part_ids._in_turn()
        shares = self._share_out(parts, need.product_qty, need.product_uom)
        needs = [
            need._replace(
                product_qty=share,
                values={**need.values, **self._get_part_values(part)},
            )
            for part, share in zip(parts, shares, strict=True)
            if not need.product_uom.is_zero(share)
        ]
        rest = need.product_qty - sum(shares)
        if not need.product_uom.is_zero(rest):
            # what no part speaks of follows the order
            needs.append(need._replace(product_qty=rest))
        return needs

    def _get_part_values(self, part):
        values = {"delivery_part_id": part.id}
        if moment := part._get_moment():
            values |= {
                "date_deadline": moment,
                "date_planned": part._get_planned(moment),
            }
        return values

    def _share_out(self, parts, quantity, unit):
        """Return how much of ``quantity``, in ``unit``, falls to each of ``parts``.

        What is launched more falls to what was not launched yet, the earliest first;
        what is launched less is taken from what is too much, then from the latest.
        """
        launched, is_open = self._count_by_part(unit)
        wanted = [
            self.product_uom_id._compute_quantity(part.quantity, unit, round=False)
            for part in parts
        ]
        linked = [launched[part] for part in parts]
        if quantity > 0:
            lacking = [w - done for w, done in zip(wanted, linked, strict=True)]
            # launched before there was a schedule
            early = allocate(launched[parts.browse()], lacking)
            lacking = [max(w, 0) - e for w, e in zip(lacking, early, strict=True)]
            return allocate(quantity, lacking)
        too_much = [
            min(max(done - w, 0), is_open[part])
            for part, w, done in zip(parts, wanted, linked, strict=True)
        ]
        first = allocate(-quantity, too_much[::-1])[::-1]
        left = [is_open[part] - taken for part, taken in zip(parts, first, strict=True)]
        more = allocate(-quantity - sum(first), left[::-1])[::-1]
        return [-(a + b) for a, b in zip(first, more, strict=True)]

    def _count_by_part(self, unit):
        """Return ``({part: launched}, {part: of that not done yet})`` in ``unit``; what
        is for no part stands under the empty one."""
        # whoever enters an order need not see what is made of it
        line = self.sudo()
        launched, is_open = defaultdict(float), defaultdict(float)
        going, coming = line._get_outgoing_incoming_moves(strict=False)
        for moves, sign in ((going, 1), (coming, -1)):
            for move in moves:
                is_done = move.state == "done"
                quantity = move.quantity if is_done else move.product_uom_qty
                quantity = move.product_uom._compute_quantity(
                    quantity, unit, round=False
                )
                part = move.delivery_part_id.with_env(self.env)
                launched[part] += sign * quantity
                if sign > 0 and not is_done:
                    is_open[part] += quantity
        return launched, is_open
