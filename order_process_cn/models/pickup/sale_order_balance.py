from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..mechanism.engine import public_act, take_turns
from ..money.receipts import convert_receipts, read_receipts
from ..prices.res_users import INSIDE_PRICES


class SaleOrder(models.Model):
    """What is still to be paid, and the papers that ask for it (DEP-5, DEP-7)."""

    _inherit = "sale.order"

    payment_ids = fields.One2many(
        "account.payment",
        "sale_order_id",
        string="Payments before Invoice",
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    balance_due = fields.Monetary(
        compute="_compute_balance_due",
        compute_sudo=True,
        groups=INSIDE_PRICES,
        help="Total and forfeited deposit, less what was received and may be offset.",
    )

    # -- figures -----------------------------------------------------------------------

    @api.depends("amount_total", "deposit_required", "state")
    def _compute_balance_due(self):
        figures = self._collect_balance_figures()
        for order in self:
            order.balance_due = figures[order]["balance"]

    def _get_balance_figures(self):
        """Return the figures of the balance of one order, for forms (F16, F30)."""
        self.ensure_one()
        return self._collect_balance_figures()[self]

    def _collect_balance_figures(self):
        """Return ``{order: figures}`` in the currency of each order.

        ``total``: what is invoiced by the books and will still be, with taxes, see
        :meth:`_get_agreed_totals`; ``deposit`` required; ``deposit_received`` and
        ``received`` in all; ``other``: settled without money; ``unbilled``: what of
        ``total`` is not invoiced yet; ``withheld``: the part of the deposit
        that is not offset, because the goods were not taken in time, or the
        order was cancelled, and nobody has decided yet; ``forfeited``: what was
        decided; ``balance`` still to be paid, negative if something is to be returned;
        ``due_date`` by which, or ``False``.
        """
        # entries and payments are the accountants'; the figures are the order's
        orders = self.sudo()
        received = orders._get_received()
        unbilled = orders._get_agreed_totals()
        due_dates = orders._find_due_dates()
        figures = {}
        for order in orders:
            money = received[order]
            withheld = order._get_withheld_amount(money.deposit_in_order)
            forfeited = order._get_forfeited_amount() + order._get_settled_amount()
            total = order.currency_id.round(money.billed_in_order + unbilled[order])
            settled = money.total_in_order + money.other_in_order
            balance = total + forfeited + withheld - settled
            figures[order.with_env(self.env)] = {
                "currency": order.currency_id,
                "total": total,
                "unbilled": unbilled[order],
                "deposit": order.deposit_required,
                "deposit_received": money.deposit_in_order,
                "received": money.total_in_order,
                "other": money.other_in_order,
                "withheld": withheld,
                "forfeited": forfeited,
                "balance": order.currency_id.round(balance),
                "due_date": due_dates.get(order, order.pickup_deadline),
            }
        return figures

    def _get_agreed_totals(self):
        """Return ``{order: amount}``: what will still be owed for the goods beyond what
        is invoiced, in the currency of each order. Nothing for a cancelled order."""
        cancelled = self.filtered(lambda order: order.state == "cancel")
        return dict.fromkeys(cancelled, 0.0) | (self - cancelled)._get_unbilled()

    def _get_withheld_amount(self, deposit):
        """Return the part of ``deposit`` received that is not offset for now.

        Of an order that is prepaid in full only what can be lost: the customer is not
        asked for its price again.
        """
        self.ensure_one()
        if deposit <= 0 or not self._is_deposit_withheld():
            return 0.0
        if (
            self.currency_id.compare_amounts(self.deposit_required, self.amount_total)
            < 0
        ):
            return deposit
        return min(deposit, self.deposit_legal_part)

    def _find_due_dates(self):
        """Return ``{order: date}``: when the first open invoice of each is due."""
        lines = self.env["account.move.line"]._read_group(
            [
                ("move_id.line_ids.sale_line_ids.order_id", "in", self.ids),
                ("parent_state", "=", "posted"),
                ("account_type", "=", "asset_receivable"),
                ("amount_residual", ">", 0),
                ("date_maturity", "!=", False),
            ],
            ["move_id"],
            ["date_maturity:min"],
        )
        due_dates = {}
        for move, day in sorted(lines, key=lambda found: found[1]):
            for order in move.line_ids.sale_line_ids.order_id & self:
                due_dates.setdefault(order, day)
        return due_dates

    # -- asking for the deposit --------------------------------------------------------

    @public_act
    def action_deposit_invoice(self):
        """Make core's down-payment invoice for the part of the deposit that was neither
        invoiced nor received."""
        self.ensure_one()
        self._check_may_invoice_deposit()
        take_turns(self)  # two accountants ask once
        missing = self.sudo()._get_uninvoiced_deposit()  # may invoice: checked above
        if missing <= 0:
            raise UserError(
                self.env._("The deposit of %s was invoiced or received.", self.name)
            )
        # the wizard belongs to salespeople; accountants ask for deposits too
        wizard = self.env["sale.advance.payment.inv"].sudo()
        invoice = wizard.create(
            {
                "sale_order_ids": [Command.set(self.ids)],
                "advance_payment_method": "fixed",
                "fixed_amount": missing,
            }
        )._create_invoices(self.sudo())  # may invoice: checked above
        return self.action_view_invoice(invoices=invoice.sudo(False))

    def _check_may_invoice_deposit(self):
        self.check_access("write")
        if not any(
            self.env.user.has_group(group)
            for group in (
                "sales_team.group_sale_salesman",
                "account.group_account_invoice",
            )
        ):
            raise AccessError(self.env._("You may not invoice deposits."))
        if self.state == "cancel" or not self.deposit_required:
            raise UserError(self.env._("%s needs no deposit.", self.name))

    def _get_uninvoiced_deposit(self):
        """Return what is missing beyond down-payment invoices, drafts included, and
        payments registered before any invoice."""
        self.ensure_one()
        lines = self.order_line.filtered("is_downpayment").invoice_lines
        invoices = lines.move_id.filtered(
            lambda move: move.state != "cancel" and move._is_downpayment()
        )
        asked = sum(-move.direction_sign * move.amount_total for move in invoices)
        before = sum(
            amount
            for _order, kind, _booked, amount in convert_receipts(
                self, read_receipts(self)
            )
            if kind in {"advance", "online"}
        )
        return self.currency_id.round(self.deposit_required - asked - before)

    @public_act
    def action_register_payment(self):
        """Open a payment of the customer, to be registered on this order."""
        self.ensure_one()
        if not self.env.user.has_group("account.group_account_invoice"):
            raise AccessError(self.env._("Only accountants register payments."))
        gaps = self._get_deposit_gaps()
        missing = gaps.get(self, (0.0, 0.0))[1]
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.payment",
            "view_mode": "form",
            "name": self.env._("Payment for %s", self.name),
            "context": {
                "default_payment_type": "inbound",
                "default_partner_type": "customer",
                "default_company_id": self.company_id.id,
                "default_partner_id": self.partner_invoice_id.commercial_partner_id.id,
                "default_amount": missing or max(self.balance_due, 0.0),
                "default_currency_id": self.currency_id.id,
                "default_sale_order_id": self.id,
                "default_memo": self.name,
            },
        }

    # -- invoicing ---------------------------------------------------------------------

    def _filter_invoiceable_before_effect(self, lines):
        """Return the lines of a held order that a regular invoice may contain: none,
        unless the company lets it. The deposit has an invoice of its own."""
        if self.company_id.order_invoice_before_effect:
            return lines
        return lines.browse()

    def _filter_offset(self, lines):
        """Return ``lines`` without the deposit while it is not offset (暂不冲抵)."""
        if self._is_deposit_withheld():
            return lines.filtered(lambda line: not line.is_downpayment)
        return lines
