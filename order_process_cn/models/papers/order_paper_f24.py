from odoo import models

from ...tools.paper_blocks import Column, Facts, Table

WORDS = ("efficiency", "quality", "process", "cause", "responsibility")


class OrderPaperF24(models.AbstractModel):
    """订单总结会纪要 (F24): findings, causes, improvements with owners and days, and
    who has confirmed it. [MFG-10]"""

    _name = "order.paper.f24"
    _inherit = ["order.paper"]
    _description = "Minutes of a Meeting"

    _code = "F24"

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        meeting = doc.sudo()  # whoever may read the minutes may read all of their paper
        blocks = [Facts(self._get_minutes_head(meeting))]
        if figures := meeting._get_order_figures():
            blocks.append(self._get_figures(figures))
        said = [(self._name_field(meeting, name), meeting[name]) for name in WORDS]
        said = [(label, text) for label, text in said if text]
        if said:
            columns = [Column("", 18), Column("", 82)]
            blocks.append(Table(columns, [[label, self._part(t)] for label, t in said]))
        blocks.append(self._get_improvements(meeting))
        return [*blocks, *self._get_countersign(self._get_confirmations(meeting))]

    def _part(self, text):
        return text.splitlines()

    def _name_field(self, meeting, name):
        return meeting._fields[name]._description_string(self.env)

    def _get_minutes_head(self, meeting):
        """Return label and value of what the meeting was, when and who chaired it."""
        kinds = dict(meeting._fields["kind"]._description_selection(self.env))
        period = [meeting._spell_date(d) for d in (meeting.date_from, meeting.date_to)]
        names = ", ".join(meeting.responsible_ids.mapped("name"))
        facts = [
            (self._name_field(meeting, "kind"), kinds[meeting.kind]),
            (self._name_field(meeting, "date"), meeting._spell_date(meeting.date)),
            (self._name_field(meeting, "chair_id"), meeting.chair_id.name),
            (self.env._("Period"), " – ".join(filter(None, period))),
            (self._name_field(meeting, "superior_id"), meeting.superior_id.name or ""),
            (self._name_field(meeting, "responsible_ids"), names),
        ]
        return [(label, value) for label, value in facts if value]

    def _get_figures(self, figures):
        """Return the table of the orders that were spoken about."""
        columns = [
            Column(self.env._("Order"), 16),
            Column(self.env._("Customer"), 28),
            Column(self.env._("Figures of the Orders"), 56),
        ]
        rows = [
            [
                order.name,
                order.partner_id.commercial_partner_id.name,
                "; ".join(f"{label} {value}" for label, value in own),
            ]
            for order, own in figures.items()
        ]
        return Table(columns, rows)

    def _get_improvements(self, meeting):
        """Return the table of what will be better, and what became of it."""
        columns = [
            Column(self.env._("Item"), 6, "center"),
            Column(self.env._("What Will Be Better"), 34),
            Column(self.env._("Seen To By"), 12),
            Column(self.env._("Better Until"), 13, "center"),
            Column(self.env._("What Became of It"), 35),
        ]
        rows = meeting.improvement_ids
        states = dict(rows._fields["state"]._description_selection(self.env))
        return Table(
            columns,
            [
                [
                    number,
                    row.name,
                    row.owner_id.name,
                    meeting._spell_date(row.due_on),
                    [states[row.state], *filter(None, [row.what_became])],
                ]
                for number, row in enumerate(rows, start=1)
            ],
        )

    def _get_confirmations(self, meeting):
        """Return a box for everybody who took part."""
        confirmed = self.env._("Confirmed")
        return [
            self._get_box(
                row.user_id.name,
                decision=confirmed if row.confirmed_on else "",
                time=meeting._spell_moment(row.confirmed_on),
            )
            for row in meeting.participant_ids
        ]
