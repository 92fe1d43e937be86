from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mechanism.engine import public_act


class StockPicking(models.Model):
    """Telling the customer of a delivery before it arrives (F19), and that it has
    arrived. [SHP-3]"""

    _inherit = "stock.picking"

    notice_is_late = fields.Boolean(
        compute="_compute_notice_is_late",
        groups="base.group_user",
        help="The goods were expected to arrive before the customer was told.",
    )

    @api.depends("expected_arrival", "notified_on", "arrived_on", "state")
    def _compute_notice_is_late(self):
        now = fields.Datetime.now()
        for picking in self:
            told = picking.notified_on or picking.arrived_on or now
            picking.notice_is_late = (
                picking.state == "done"
                and bool(picking.expected_arrival)
                and told > picking.expected_arrival
                and (bool(picking.notified_on) or not picking.arrived_on)
            )

    @public_act
    def action_notify_customer(self):
        """Open the message that sends the shipping notice F19 to the customer.

        :raise UserError: the goods have not left, or nothing says how they come
        """
        self.ensure_one()
        self.check_access("write")
        self._check_may_print_delivery()
        if missing := self._find_missing_for_notice():
            lines = "\n".join(f"- {words}" for words in missing)
            raise UserError(
                self.env._("The customer cannot be notified yet:\n%s", lines)
            )
        return self._compose_paper(
            "order_process_cn.mail_template_shipping_notice",
            self.env._("Shipping Notice"),
            default_order_purpose="shipping_notice",
        )

    def _find_missing_for_notice(self):
        """Return in words what the customer has to know and nobody has entered."""
        delivery = self.sudo()  # what is on the transfer is no secret to its reader
        missing = []
        if delivery.state != "done":
            missing.append(self.env._("%s has not left: validate it", self.name))
        if not (
            delivery.carrier_id
            or delivery.carrier_tracking_ref
            or delivery.vehicle_plate
        ):
            missing.append(
                self.env._("enter carrier, tracking number or license plate")
            )
        if not delivery.expected_arrival:
            missing.append(self.env._("enter the expected arrival"))
        return missing

    # -- what happens to orders on the way ---------------------------------------------

    def _find_news(self, vals):
        """Return ``{event: deliveries}``: what writing ``vals`` says for the first
        time."""
        events = {"notified_on": "notified", "arrived_on": "arrived"}
        # whether it was written before is asked for whoever writes it now
        return {
            event: self.filtered(lambda p, n=name: not p.sudo()[n])
            for name, event in events.items()
            if vals.get(name)
        }

    def _tell_news(self, news):
        """Have the orders go on after what was written: when it is true of everything
        that has left."""
        names = {"notified": "notified_on", "arrived": "arrived_on"}
        for event, pickings in news.items():
            # whoever moves goods need not see orders
            for order in pickings.sudo().sale_id.filtered("progress"):
                left = order.picking_ids.filtered(
                    lambda p: p.state == "done" and p._is_delivery()
                )
                if left and all(left.mapped(names[event])):
                    order._emit(event)


def check_may_notify(pickings):
    """Check that these deliveries are where a notice may go out."""
    pickings._check_may_print_delivery()


def on_notified(pickings):
    """Note, as superuser, that the notice has gone to the customers."""
    pickings.notified_on = fields.Datetime.now()
