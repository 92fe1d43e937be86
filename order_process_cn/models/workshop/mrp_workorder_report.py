from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mechanism.engine import public_act

# what is printed on the card: it stays, whatever becomes of the order's name
CODE = "WO"
OPEN = {"blocked", "ready", "progress"}


class Room(NamedTuple):
    """What of one operation came in, is reported, and may be reported still."""

    came: float
    done: float
    scrap: float
    left: float


class MrpWorkorder(models.Model):
    """What was reported on an operation, and how much may be (MFG-6)."""

    _inherit = "mrp.workorder"

    work_report_ids = fields.One2many(
        "order.work.report",
        "workorder_id",
        string="Work Reports",
        groups="base.group_user",
    )
    card_code = fields.Char(
        string="Code on the Route Card",
        compute="_compute_card_code",
        groups="base.group_user",
    )
    reported_good = fields.Float(
        string="Good Reported",
        digits="Product Unit",
        compute="_compute_reported",
        compute_sudo=True,
        groups="base.group_user",
    )
    reported_scrap = fields.Float(
        string="Scrap Reported",
        digits="Product Unit",
        compute="_compute_reported",
        compute_sudo=True,
        groups="base.group_user",
    )
    reported_rework = fields.Float(
        string="Rework Reported",
        digits="Product Unit",
        compute="_compute_reported",
        compute_sudo=True,
        groups="base.group_user",
    )

    def _compute_card_code(self):
        for workorder in self:
            workorder.card_code = f"{CODE}{workorder._origin.id or ''}"

    @api.depends("work_report_ids")
    def _compute_reported(self):
        found = self._sum_reports()
        for workorder in self:
            good, scrap, rework = found[workorder._origin.id]
            workorder.reported_good = good
            workorder.reported_scrap = scrap
            workorder.reported_rework = rework

    def _sum_reports(self):
        """Return ``{id: (good, scrap, rework)}`` of these operations."""
        sums = defaultdict(lambda: (0.0, 0.0, 0.0))
        for workorder, good, process, material, rework in self.env[
            "order.work.report"
        ]._read_group(
            [("workorder_id", "in", self._origin.ids)],
            ["workorder_id"],
            [
                "quantity_good:sum",
                "quantity_scrap_process:sum",
                "quantity_scrap_material:sum",
                "quantity_rework:sum",
            ],
        ):
            sums[workorder.id] = (good, process + material, rework)
        return sums

    def _get_room(self):
        """Return the :class:`Room` of one operation. What is to be reworked stays
        here."""
        self.ensure_one()
        unit = self.product_uom_id
        came = self._get_came()
        _good, scrap, _rework = self._sum_reports()[self.id]
        percent = self.company_id.order_report_over_percent
        left = came + self.qty_production * percent / 100 - self.qty_produced - scrap
        return Room(
            came,
            self.qty_produced,
            unit.round(scrap),
            unit.round(max(left, 0.0)),
        )

    def _get_came(self):
        """Return what came in: what all operations before one have finished, without
        what core carried into this order from an earlier part of it."""
        before = self.blocked_by_workorder_ids.filtered(lambda w: w.state != "cancel")
        done = [w.qty_produced + w.qty_reported_from_previous_wo for w in before]
        came = min([self.qty_production, *done]) - self.qty_reported_from_previous_wo
        return self.product_uom_id.round(max(came, 0.0))

    def _find_refusal(self, room=None):
        """Return in words why nothing may be reported on one operation now, or
        ``False``."""
        production = self.production_id
        if self.state not in OPEN or production.state in {"done", "cancel"}:
            return self.env._("%s is finished or cancelled.", self.display_name)
        if production.state == "draft":
            return self.env._("%s is not confirmed yet.", production.name)
        if waiting := production._open_conditions_message("start"):
            return waiting
        if self.workcenter_id.working_state == "blocked":
            return self.env._("%s is blocked.", self.workcenter_id.name)
        room = room or self._get_room()
        if self.product_uom_id.compare(room.left, 0) <= 0:
            return self._spell_nothing_left(room)
        return False

    def _spell_nothing_left(self, room):
        unit = self.product_uom_id
        return self.env._(
            "%(operation)s: %(came)s came in, %(done)s good and %(scrap)s scrap are "
            "reported already; nothing is left.",
            operation=self.display_name,
            came=unit._spell_with_unit(room.came),
            done=unit._spell_with_unit(room.done),
            scrap=unit._spell_with_unit(room.scrap),
        )

    # -- scanning ----------------------------------------------------------------------

    @api.model
    def _find_by_code(self, code):
        """Return the operation that is meant by the code on a card.

        A backorder goes on with the card of the order that it was split off: where the
        printed operation is closed, its open one is taken. Core's own bar code, which
        ends in the same number, is read as well.
        """
        digits = (code or "").strip().upper().removeprefix(CODE).rpartition("/")[2]
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
            return self.browse()
        found = self.search([("id", "=", int(digits))])
        if found.state in OPEN or not found.operation_id:
            return found
        group = found.production_id.production_group_id
        siblings = self.search(
            [
                ("operation_id", "=", found.operation_id.id),
                ("production_id.production_group_id", "=", group.id),
                ("state", "in", list(OPEN)),
            ],
            order="id",
            limit=1,
        )
        return (group and siblings) or found

    def _with_the_others(self):
        """Return one operation with the others of its order and the goods, read at
        once: what follows a quantity would read one after the other."""
        production = self.production_id
        (production.all_move_raw_ids | production.all_move_ids).mapped("state")
        operations = production.workorder_ids
        operations.mapped("state")
        return self.with_prefetch(operations.ids)

    # -- what a report does to core's own quantities -----------------------------------

    def _take_in(self, good, scrap):
        """Add ``good`` pieces to what core says is done of one operation, and close it
        when nothing is left.

        :param scrap: all that was reported as scrap

        Core's button would open a timer and take everything as done: the state is
        written instead, and with it the gate of the order is asked. The caller has
        taken turns, so what is read here is nobody else's.
        """
        if self.state != "progress":
            self.state = "progress"
        if good:
            self.qty_produced += good
            self.production_id._follow_reports()
        before = self.blocked_by_workorder_ids
        came = self._get_came()
        everything = self.product_uom_id.compare(self.qty_produced + scrap, came) >= 0
        closed = all(workorder.state in {"done", "cancel"} for workorder in before)
        # core takes an operation without a good piece for one that is done as planned
        if everything and closed and self.qty_produced:
            self.button_finish()

    def _give_back(self, good):
        """Take ``good`` pieces off again. What comes after must not have used them.

        :raise UserError: it has, or the goods went on with a part of the order
        """
        unit, production = self.product_uom_id, self.production_id
        if self.state == "cancel" or production.state in {"done", "cancel"}:
            raise UserError(
                self.env._("%s is closed: what was made of it stays.", production.name)
            )
        if unit.compare(self.qty_produced, good) < 0:
            raise UserError(
                self.env._(
                    "%(operation)s: only %(done)s are still counted here, the rest "
                    "went on with another part of the order.",
                    operation=self.display_name,
                    done=unit._spell_with_unit(self.qty_produced),
                )
            )
        if self.state == "done":
            self.state = "progress"
        if good:
            self.qty_produced -= good
            self._check_followers()
            production._follow_reports()

    def _check_followers(self):
        """Refuse that an operation has finished more than came in."""
        ahead = []
        for follower in self.needed_by_workorder_ids:
            room, unit = follower._get_room(), follower.product_uom_id
            if unit.compare(room.done + room.scrap, room.came) > 0:
                ahead.append(
                    self.env._(
                        "- %(operation)s: %(done)s reported, %(came)s would be left",
                        operation=follower.name,
                        done=unit._spell_with_unit(room.done + room.scrap),
                        came=unit._spell_with_unit(room.came),
                    )
                )
        if ahead:
            raise UserError(
                self.env._(
                    "Operations after %(operation)s have reported these pieces "
                    "already; take back their reports first:\n%(ahead)s",
                    operation=self.name,
                    ahead="\n".join(ahead),
                )
            )

    # -- screens -----------------------------------------------------------------------

    @public_act
    def action_report_work(self):
        """Open the page on which work is reported, for one operation."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "order_process_cn.order_work_wizard_action"
        )
        return {**action, "context": {"default_workorder_id": self.id}}

    @public_act
    def action_view_work_reports(self):
        """Open what was reported on these operations."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "order_process_cn.order_work_report_action"
        )
        return {**action, "domain": [("workorder_id", "in", self.ids)], "context": {}}
