from odoo import models

from ...tools.paper_blocks import Facts
from ..prices.res_users import PRICE_GROUP
from ..shipping.release_states import LETS_LEAVE


class OrderPaperF17(models.AbstractModel):
    """Shipping release (F17): what of an order may leave, and who let it go. [SHP-1]

    Read in the warehouse too: what the customer owes stands on it only where whoever
    prints it may see sale prices.
    """

    _name = "order.paper.f17"
    _inherit = ["order.paper"]
    _description = "Shipping Release"

    _code = "F17"
    # as far as its reader may see them
    _has_prices = True
    _goods = {
        "number": 6,
        "code": 14,
        "product": 25,
        "specification": 21,
        "ordered": 13,
        "quantity": 13,
        "unit": 8,
    }

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        release = doc.sudo()  # whoever may read a release may read all of its paper
        return [
            Facts(self._get_release_head(release)),
            self._get_goods(release),
            *self._get_money(release),
            *self._get_countersign(self._get_signers(release)),
        ]

    # -- head --------------------------------------------------------------------------

    def _get_release_head(self, release):
        """Return label and value of whose goods they are and on what they leave."""
        order = release.order_id
        leave = dict(release._fields["goods_leave"]._description_selection(self.env))
        customer = order.partner_id.commercial_partner_id
        facts = [
            *release._get_review_head(),
            (self.env._("Customer Order No."), order.client_order_ref or ""),
            (self.env._("Customer Class"), customer.order_class_id.name or ""),
            (self.env._("Goods Leave"), leave.get(release.goods_leave, "")),
            (self.env._("Salesperson"), release.user_id.name or ""),
        ]
        if release.review_id:
            code = release.review_id.verification_code
            facts.append((self.env._("Verification Code"), code))
        if release.note:
            facts.append((self.env._("Remark"), release.note))
        return facts

    # -- goods -------------------------------------------------------------------------

    def _get_goods_columns(self, order):
        columns = super()._get_goods_columns(order)
        asked = columns["quantity"]._replace(label=self.env._("To Release"))
        return {**columns, "quantity": asked}

    def _get_goods_lines(self, order):
        # what stays is not on the paper
        return order.line_ids.filtered(
            lambda line: line._is_chosen() and line.may_leave_qty
        )

    def _get_goods_cell(self, name, number, line):
        product, unit = line.product_id, line.product_uom_id
        # of a kit its components leave, which the order does not specify
        ordered = line.order_line_id
        goods = ordered if ordered.product_id == product else product
        cells = {
            "number": lambda: number,
            "code": lambda: product.default_code or "",
            "product": lambda: product.name,
            "specification": lambda: goods.specification or "",
            "ordered": lambda: unit._spell_quantity(line.ordered_qty),
            "quantity": lambda: unit._spell_quantity(line.may_leave_qty),
            "unit": lambda: unit.name,
        }
        return cells[name]()

    # -- money -------------------------------------------------------------------------

    def _get_money(self, release):
        """Return the table of what the customer still owes on the order, for those to
        whom prices are open; nothing for the others."""
        if not self.env.user._has_group(PRICE_GROUP):
            return []
        order = release.order_id
        rows = self._get_balance_rows(order)
        return [self._get_balance(order, rows, self._spell_amount(order, rows[-1][1]))]

    # -- who signs ---------------------------------------------------------------------

    def _get_signers(self, release):
        """Return the seats of the paper: who asks, who lets go, who hands out."""
        deciding = release._get_form_seats() or [self._get_finance_seat(release)]
        return [
            self._get_box(self.env._("Sales"), release.user_id.name),
            *deciding,
            self._get_box(self.env._("Warehouse")),
        ]

    def _get_finance_seat(self, release):
        """Return the seat of whoever lets goods go where no review is needed."""
        if release.state not in LETS_LEAVE:
            return self._get_box(self.env._("Finance"))
        return self._get_box(
            self.env._("Finance"),
            release.released_by_id.name,
            self.env._("Let Go"),
            release._spell_moment(release.released_on),
        )
