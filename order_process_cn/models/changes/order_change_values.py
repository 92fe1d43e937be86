from datetime import timedelta

from odoo import api, fields, models

from ...tools.canonical import digest
from ..prices.res_users import PRICE_GROUP
from .change_states import CANCEL, GROUPS, HEADER


class OrderChangeRequest(models.Model):
    """What is old and what is new in a change, and what the order was when it was asked
    for."""

    _inherit = "order.change.request"

    # the order as it was when this was entered: compared before it is written
    base_digest = fields.Char(readonly=True, copy=False, groups="base.group_system")
    base_facts = fields.Json(readonly=True, copy=False, groups="base.group_system")
    old_values = fields.Json(readonly=True, copy=False, groups="base.group_system")
    differences = fields.Text(
        string="What Changes", compute="_compute_differences", compute_sudo=True
    )
    touches_product = fields.Boolean(compute="_compute_touches", store=True)
    touches_quantity = fields.Boolean(compute="_compute_touches", store=True)
    touches_price = fields.Boolean(compute="_compute_touches", store=True)
    touches_dates = fields.Boolean(compute="_compute_touches", store=True)
    touches_terms = fields.Boolean(compute="_compute_touches", store=True)
    touches_delivery = fields.Boolean(compute="_compute_touches", store=True)
    touches_packing = fields.Boolean(compute="_compute_touches", store=True)
    amount_change = fields.Monetary(
        string="Change of Total", compute="_compute_amount_change", groups=PRICE_GROUP
    )
    days_later = fields.Integer(compute="_compute_days_later", compute_sudo=True)

    @api.depends(
        "kind",
        "old_values",
        *(f"new_{name}" for name in HEADER),
        "line_ids.touched",
    )
    def _compute_touches(self):
        for change in self.sudo():  # seats ask whether it is touched, whoever looks
            touched = change._get_touched()
            for group in GROUPS:
                change[f"touches_{group}"] = group in touched

    @api.depends("amount_before", "amount_after")
    def _compute_amount_change(self):
        for change in self:
            change.amount_change = change.amount_after - change.amount_before

    @api.depends("kind", "new_commitment_date", "old_values")
    def _compute_days_later(self):
        for change in self:
            change.days_later = change._get_delay() // timedelta(days=1)

    @api.depends("kind", "touches_product", "line_ids.quantity", "line_ids.price_unit")
    @api.depends_context("uid", "lang")
    def _compute_differences(self):
        for change in self:
            change.differences = "\n".join(change._spell_differences())

    # -- the order it is based on ------------------------------------------------------

    @api.model
    def _read_base(self, order):
        """Return the values by which a change remembers what ``order`` says now."""
        facts = self._read_order(order)
        old = {name: self._to_json(order._fields[name], order[name]) for name in HEADER}
        return {
            "base_facts": facts,
            "base_digest": digest(facts),
            "old_values": old,
            **{f"new_{name}": old[name] for name in HEADER},
        }

    @api.model
    def _read_order(self, order, facts=None):
        """Return the facts of ``order`` as they are now, in the terms of those who
        signed it.

        :param dict facts: ``{order: its facts}``, if they have just been read
        """
        if facts is None:
            order.env.flush_all()
            facts = order._collect_review_facts()
        review = order.review_id
        known = facts[order]
        return order._facts_known_to(review, known) if review else known

    @api.model
    def _to_json(self, field, value):
        if field.type == "many2one":
            return value.id
        if field.type == "datetime":
            return fields.Datetime.to_string(value)
        if field.type == "date":
            return fields.Date.to_string(value)
        return value or False

    def _take_base(self):
        """Put these changes on their orders as they are now; what was entered stays."""
        for change in self:
            order, entered = change.order_id, change._get_header()
            base = self._read_base(order)
            new = {f"new_{name}": value for name, value in entered.items()}
            change.write({**base, **new})
            change.line_ids._take_base()
            known = change.line_ids.order_line_id
            added = self.env["order.change.line"]._propose(order, known)
            self.env["order.change.line"].create(
                [{**vals, "change_id": change.id} for vals in added]
            )

    def _spell_meanwhile(self, facts):
        """Return in words what somebody changed of the order of one change since it was
        entered; nothing if it is the same.

        :param dict facts: ``{order: its facts now}``
        """
        now = self._read_order(self.order_id, facts)
        if digest(now) == self.base_digest:
            return ""
        review = self.env["order.review"]
        found = review._describe_changes(self.base_facts or {}, now)
        told = [review._spell_change_of(self.order_id, change) for change in found]
        return "; ".join(told) or self.env._("what counts as part of it")

    # -- what is touched ---------------------------------------------------------------

    def _get_header(self):
        """Return ``{field of the order: new value}`` of what changes of its head."""
        self.ensure_one()
        if self.kind == CANCEL:
            return {}
        old = self.old_values or {}
        new = {
            name: self._to_json(self._fields[f"new_{name}"], self[f"new_{name}"])
            for name in HEADER
        }
        return {
            name: value
            for name, value in new.items()
            if value != (old.get(name) or False)
        }

    def _get_touched(self):
        """Return the groups of facts that one change is about; what is cancelled as a
        whole is different in nothing else."""
        if self.kind == CANCEL:
            return {"quantity"}
        touched = {HEADER[name] for name in self._get_header()}
        for line in self.line_ids:
            touched |= line._get_touched()
        return touched

    def _get_amended_groups(self):
        """Return the groups of facts that become different with one change: the total
        follows from quantities."""
        groups = self._get_touched()
        for line in self.line_ids if self.kind != CANCEL else ():
            groups |= line._get_amended_groups()
        if {"quantity", "product"} & groups:
            groups.add("price")
        # a deposit that is a share of the total is less with it
        return groups | ({"terms"} if "price" in groups else set())

    def _get_delay(self):
        """Return by how much later the goods are promised, a duration."""
        self.ensure_one()
        if self.kind == CANCEL:
            return timedelta()
        old = fields.Datetime.to_datetime(
            (self.old_values or {}).get("commitment_date")
        )
        new = self.new_commitment_date
        return new - old if old and new else timedelta()

    def _get_days_moved(self):
        """Return by how many days the goods are promised later, as the calendar of the
        company counts them."""
        self.ensure_one()
        new = self.new_commitment_date
        if not new or not self._get_delay():
            return 0
        day = self.company_id._calendar_day
        return (day(new) - day(new - self._get_delay())).days

    # -- in words ----------------------------------------------------------------------

    def _get_differences(self):
        """Return ``[(what, old, new), …]`` of one change in words; prices are left out
        for those who see none."""
        self.ensure_one()
        if self.kind == CANCEL:
            return self.line_ids._get_cancelled()
        old = self.old_values or {}
        rows = [row for line in self.line_ids for row in line._get_differences() if row]
        for name, value in self._get_header().items():
            label = self._fields[f"new_{name}"]._description_string(self.env)
            rows.append(
                (
                    label,
                    self._spell_header(name, old.get(name)),
                    self._spell_header(name, value),
                )
            )
        return rows

    def _spell_differences(self):
        return [f"{what}: {old} → {new}" for what, old, new in self._get_differences()]

    def _spell_header(self, name, value):
        field = self.env["sale.order"]._fields[name]
        if not value:
            return self.env._("(none)")
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(value).exists().display_name
        if field.type == "datetime":
            moment = fields.Datetime.to_datetime(value)
            return str(self.company_id._calendar_day(moment))
        return str(value)

    def _spell_reason(self):
        """Return why one change is wanted, in one line."""
        return ": ".join(filter(None, [self.reason_id.name, self.reason]))

    # -- looking ahead -----------------------------------------------------------------

    def _look_ahead(self):
        """Store what follows from what was entered: new total, documents reached."""
        for change in self:
            amounts = {
                "amount_before": change.order_id.amount_total,
                "amount_after": change._reckon_total(),
            }
            change.write(amounts)
        self._find_effects()

    def _reckon_total(self):
        """Return what the order will come to, exactly, without writing on it."""
        self.ensure_one()
        if self.kind == CANCEL:
            return 0.0
        commands = self.line_ids._get_commands()
        if not commands:
            return self.order_id.amount_total
        self.env.flush_all()  # what is forgotten below has been stored
        orders = self.env["sale.order"]
        draft = orders.new({"order_line": commands}, origin=self.order_id)
        total = draft.amount_total
        # another one of the same order would see its values
        draft.order_line.invalidate_recordset(flush=False)
        draft.invalidate_recordset(flush=False)
        return total

    # -- what a review asks about it ---------------------------------------------------

    def _get_review_amount(self):
        return self.amount_after / (self.order_id.currency_rate or 1.0)

    def _get_review_head(self):
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        askers = dict(self._fields["requested_by"]._description_selection(self.env))
        return [
            *super()._get_review_head(),
            (self.env._("Kind of Change"), kinds[self.kind]),
            (self.env._("Wanted by"), askers[self.requested_by]),
            (self.env._("Reason"), self._spell_reason()),
        ]

    def _get_review_lines(self):
        self.ensure_one()
        return self._spell_differences()
