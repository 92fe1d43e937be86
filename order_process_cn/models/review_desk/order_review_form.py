from odoo import models

from ...tools.review_states import APPROVED, DECISIONS, RUNNING
from ..proof.order_review_amend_proof import AMENDS

# acts that stand on the countersign sheet beside the decisions
SHOWN = (
    DECISIONS
    | AMENDS
    | {"repeat", "return", "take_back", "contest", "change", "transfer"}
)


class OrderReview(models.Model):
    """The countersign sheet F03 (REV-7)."""

    _name = "order.review"
    _inherit = ["order.review", "order.form.mixin"]

    def _get_form_document(self):
        return self.document_name

    def _is_form_urgent(self):
        return self.is_urgent

    def _get_form_watermark(self):
        review = self.sudo()  # whether the records hold is told to whoever prints
        if review._find_alterations(review._load_tasks()):
            return self.env._("Records altered")
        if self.state == APPROVED:
            return False
        if self.state == RUNNING:
            return self.env._("Not approved")
        return self.env._("Void")

    def _get_form_rounds(self):
        """Return the rounds of this and of earlier runs, with what was said in each.

        Everything that was ever signed is printed, also what became void.
        """
        self.ensure_one()
        runs = self
        while runs[0].previous_id:
            runs = runs[0].previous_id + runs
        # whoever may print the review may see the records of its earlier runs
        records = runs.sudo().signature_ids.sorted(lambda r: (r.review_id.id, r.number))
        void = {
            record_id
            for record in records
            for record_id in (record.details or {}).get("void", [])
        }
        limits = records._spell_limits_kept()
        return [
            {
                "number": number,
                "opening": own.filtered(lambda record: record.act == "submit")[:1],
                "rows": [
                    record._get_form_row(record.id in void, limits.get(record, ""))
                    for record in own
                    if record.act in SHOWN
                ],
            }
            for number, own in sorted(records.grouped("round").items())
        ]

    def _get_form_open_seats(self):
        """Return the seats that still have to sign, for pen and stamp."""
        return self.task_ids.filtered(lambda task: task.state in {"open", "waiting"})

    def _get_form_head(self):
        """Return label and value of what identifies the reviewed document."""
        document = self._document().sudo()  # printed for those who may see the review
        return document._get_review_head()

    def _get_form_result(self):
        """Return label and value of where the review stands, and its code."""
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        return [
            (self.env._("Result"), states[self.state]),
            (self.env._("Verification Code"), self.verification_code),
        ]
