from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..mechanism.engine import public_act, take_turns
from .order_drawing_set import (
    CANCELLED,
    GROUP,
    HANDED_OVER,
    ISSUED,
    RECALLED,
    RECALLS,
    REPLACED,
)

REPLACEABLE = {*HANDED_OVER, RECALLED}


class OrderDrawingSet(models.Model):
    """What is done with drawings (MFG-2): handing out, replacing, giving up."""

    _inherit = "order.drawing.set"

    def _check_may_draw(self):
        if not self.env.user.has_group(GROUP):
            raise AccessError(
                self.env._(
                    "Engineering hands drawings out and replaces them. Ask %s.",
                    self.env["res.users"]._spell_holders(GROUP, self.env.company),
                )
            )
        self.check_access("write")

    # -- buttons -----------------------------------------------------------------------

    @public_act
    def action_issue(self):
        """Hand these sets out: to each recipient of the pattern his drawings. Those
        who answer for the departments are told, and sign for them.

        :raise UserError: everything that is missing, for all of them at once
        """
        self._check_may_draw()
        take_turns(self)
        self._check_open()
        problems = [p for drawings in self for p in drawings._find_issue_problems()]
        if problems:
            raise UserError("\n".join(problems))
        drawings = self.sudo()  # checked above; the gate stands behind
        drawings._move_to(ISSUED)
        drawings.supersedes_id.filtered(lambda d: d.state in REPLACEABLE)._move_to(
            REPLACED
        )
        handovers = drawings.env["order.drawing.handover"].sudo()  # as above
        handovers.create([v for d in drawings for v in d._prepare_handovers()])
        drawings.handover_ids._ask_for_signature()
        return True

    @public_act
    def action_replace(self):
        """Draw these drawings anew: a new set takes the place of this one when it is
        handed out.

        :return: the action that opens it
        """
        self.ensure_one()
        self._check_may_draw()
        take_turns(self)
        if self.state not in REPLACEABLE:
            raise UserError(
                self.env._(
                    "%s is not handed out, or another set has replaced it.",
                    self.display_name,
                )
            )
        drawings = self.sudo()  # checked above
        new = drawings.search(
            [("supersedes_id", "=", self.id), ("state", "!=", CANCELLED)], limit=1
        )
        if not new:
            new = drawings.copy(
                {
                    "supersedes_id": self.id,
                    "production_ids": [Command.set(drawings.production_ids.ids)],
                    "requested_by_id": self.env.uid,
                    "user_id": drawings.user_id.id or self.env.uid,
                }
            )
        return new.sudo(False)._open()

    @public_act
    def action_cancel(self):
        """Give these sets up before anybody got them."""
        self.check_access("write")
        self.sudo()._move_to(CANCELLED)  # the right was checked above
        return True

    @public_act
    def action_recover(self):
        """Take back whatever of these sets has to come back."""
        self.check_access("read")
        # which are outside; the act below asks who may
        return self.sudo().handover_ids._filtered_outside().sudo(False).action_recover()

    def _is_review_used(self):
        # what is handed out may still be recalled
        return self.state in {REPLACED, CANCELLED}

    def _after_review(self, state):
        """What was handed out on a review that is ended is recalled: the sheets are
        outside, so that it is not drawn on, but replaced."""
        super()._after_review(state)
        if state not in RECALLS:
            return
        recalled = self.filtered(lambda drawings: drawings.state in HANDED_OVER)
        recalled._move_to(RECALLED)
        for drawings in recalled:
            drawings._tell_owner(
                self.env._(
                    "The review of drawings that are handed out was ended: production "
                    "waits. Have them recovered, and replace the set."
                ),
                key="drawings.recalled",
            )

    def _open(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_drawing_set_action"
        )
        action.update(res_id=self.id, views=[(False, "form")])
        return action

    def _open_sets(self):
        if len(self) == 1:
            return self._open()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_drawing_set_action"
        )
        return {**action, "context": {}, "domain": [("id", "in", self.ids)]}

    # -- asking ------------------------------------------------------------------------

    def _request(self, product, company, productions):
        """Return a new superuser set for these production orders of one product, with
        what was drawn for it last; engineering is told."""
        last = self.search(
            [
                ("product_id", "=", product.id),
                ("company_id", "=", company.id),
                ("state", "in", HANDED_OVER),
            ],
            limit=1,
        )
        new = self.create(
            {
                "product_id": product.id,
                "company_id": company.id,
                "production_ids": [Command.set(productions.ids)],
                "requested_by_id": self.env.uid,
                "user_id": last.user_id.id,
                "sheet_ids": [Command.create(v) for v in last.sheet_ids.copy_data()],
            }
        )
        department = self.env.ref(
            "order_process_cn.order_department_engineering", False
        )
        for user in last.user_id or (department and department.head_id) or []:
            new._leave_todo(
                "drawings.draw",
                self.env._("Drawings are asked for"),
                new.display_name,
                user=user,
            )
        return new

    # -- handing out -------------------------------------------------------------------

    def _find_issue_problems(self):
        """Return in words what keeps one set from being handed out."""
        self.ensure_one()
        if not self.sheet_ids:
            return [self.env._("%s has no drawing: enter them.", self.display_name)]
        if not self._get_recipients():
            return [
                self.env._(
                    "Nobody gets drawings: enter the recipients under Configuration ▸ "
                    "Recipients of Drawings."
                )
            ]
        return []

    def _get_recipients(self):
        recipients = self.env["order.drawing.recipient"].sudo()  # no secret
        return recipients.search([("company_id", "in", [False, self.company_id.id])])

    def _prepare_handovers(self):
        """Return the values of what is handed over of one set."""
        return [
            {
                "set_id": self.id,
                "kind": recipient.kind,
                "place": recipient.with_context(lang=self._get_words_lang()).name,
                "department_id": recipient.department_id.id,
                "copy_count": recipient.copy_count,
                "sheet_ids": [Command.set(sheets.ids)],
                "sheet_digest": sheets._get_digest(),
                "is_awaited": recipient.is_awaited,
                "must_return": recipient.must_return,
                "given_by_id": self.env.uid,
            }
            for recipient in self._get_recipients()
            if (sheets := recipient._pick(self.sheet_ids))
        ]

    def _get_words_lang(self):
        return self.company_id.partner_id.lang or self.env.lang
