from odoo import models

from ...tools.paper_blocks import Column, Facts, Table


class OrderPaperF26(models.AbstractModel):
    """Request for return or exchange (退换货申请单, F26): what a customer came back
    with, who signed, what was found and what becomes of it. [AFS-1]"""

    _name = "order.paper.f26"
    _inherit = ["order.paper"]
    _description = "Request for Return or Exchange"

    _code = "F26"
    _goods = {
        "number": 6,
        "code": 12,
        "product": 22,
        "quantity": 10,
        "unit": 7,
        "note": 15,
        "finding": 14,
        "decision": 14,
    }

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        case = doc.sudo()  # whoever may read a case may read all of its paper
        return [
            Facts(self._get_case_head(case)),
            *self._get_case_goods(case),
            *self._get_case_words(case),
            *self._get_countersign(case._get_form_seats() or self._get_signers(case)),
        ]

    def _get_case_head(self, case):
        facts = [
            *case._get_review_head(),
            (self.env._("Customer Order No."), case.order_id.client_order_ref or ""),
            (self.env._("Opened on"), case._spell_date(case.create_date)),
            (self.env._("In Charge"), case.owner_id.name or ""),
            (self.env._("Answers for It"), case.department_id.name or ""),
        ]
        if case.due_on:
            label = self.env._("To Be Settled by")
            facts.append((label, case._spell_date(case.due_on)))
        if case.settled_on:
            settled = case._spell_date(case.settled_on)
            facts.append((self.env._("Settled on"), settled))
        if case.review_id:
            code = case.review_id.verification_code
            facts.append((self.env._("Verification Code"), code))
        return facts

    def _get_case_goods(self, case):
        chosen = case._get_chosen()
        if not chosen:
            return []
        columns = {
            **self._get_goods_columns(case.order_id),
            "note": Column(self.env._("Fault"), 0),
            "finding": Column(self.env._("Inspection Result"), 0),
            "decision": Column(self.env._("What Becomes of It"), 0),
        }
        rows = [
            [self._get_case_cell(name, number, line) for name in self._goods]
            for number, line in enumerate(chosen, start=1)
        ]
        shown = [columns[name]._replace(share=s) for name, s in self._goods.items()]
        return [Table(shown, rows)]

    def _get_case_cell(self, name, number, line):
        decisions = dict(line._fields["decision"]._description_selection(self.env))
        cells = {
            "number": lambda: number,
            "code": lambda: line.product_id.default_code or "",
            "product": lambda: line.product_id.name,
            "quantity": lambda: line.product_uom_id._spell_quantity(line.quantity),
            "unit": lambda: line.product_uom_id.name,
            "note": lambda: line.note or "",
            "finding": lambda: line.finding or "",
            "decision": lambda: decisions.get(line.decision, ""),
        }
        return cells[name]()

    def _get_case_words(self, case):
        words = [
            (self.env._("What Happened"), case.description),
            (self.env._("Answer to the Customer"), case.answer_text),
            (self.env._("Corrective Action"), case.measure_taken),
        ]
        told = [(label, text) for label, text in words if text]
        return [Facts(told)] if told else []

    def _get_signers(self, case):
        """Return the seats of the paper where nobody reviews cases."""
        names = [
            (self.env._("Customer Service"), case.owner_id.name),
            (self.env._("Warehouse"), ""),
            (self.env._("Quality"), ""),
            (self.env._("Finance"), ""),
        ]
        return [self._get_box(seat, signer) for seat, signer in names]


class OrderPaperF26B(models.AbstractModel):
    """Complaint record (客诉处理单): the same body under another title. [AFS-2]"""

    _name = "order.paper.f26b"
    _inherit = ["order.paper.f26"]
    _description = "Complaint Record"

    _code = "F26B"
