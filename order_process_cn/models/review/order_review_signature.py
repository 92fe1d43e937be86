from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import config

from ...tools import chain_key, hash_chain
from ...tools.review_states import DECISIONS

# acts that decide a seat
# act of a record -> the decision that it makes on its seat
DECIDES = {act: act for act in DECISIONS} | {"repeat": "agree"}
# the fields that the hash of a record covers
CONTENT = (
    "act",
    "number",
    "round",
    "task_id",
    "date",
    "user_id",
    "signer_name",
    "principal_id",
    "principal_name",
    "medium",
    "signed_on",
    "stage_no",
    "seat_names",
    "opinion",
    "conditions",
    "answers",
    "digests",
    "details",
)


class OrderReviewSignature(models.Model):
    """What somebody did in a review, once and for all (REV-7, SEC-2).

    Append-only and chained: each record carries the hash of its content and of the
    record before it. Voiding, transfer, return … are further records; nothing is ever
    written on one that exists.
    """

    _name = "order.review.signature"
    _inherit = ["order.append.only.mixin", "order.evidence.mixin", "order.engine.mixin"]
    _description = "Signature Record"
    _log_access = False  # has a signer and a date of its own
    _order = "review_id, number"

    # found by the unique index on its number
    review_id = fields.Many2one("order.review", required=True, ondelete="restrict")
    task_id = fields.Many2one("order.review.task", index=True, ondelete="restrict")
    number = fields.Integer(required=True)
    round = fields.Integer(required=True)
    date = fields.Datetime(required=True)
    act = fields.Selection(
        [
            ("submit", "Submitted"),
            ("agree", "Agreed"),
            ("conditional", "Agreed with conditions"),
            ("decline", "Declined"),
            ("repeat", "Counted again"),
            ("return", "Returned"),
            ("again", "Asked again"),
            ("take_back", "Taken back"),
            ("transfer", "Transferred"),
            ("add", "Signer added"),
            ("remove", "Signer removed"),
            ("change", "Facts changed"),
            ("amend", "Amended"),
            ("merge", "Contacts merged"),
            ("contest", "Contested"),
            ("slip", "Promised date moved"),
            ("refund", "Goods taken back"),
            ("withdraw", "Withdrawn"),
            ("cancel", "Document cancelled"),
            ("outdate", "Another route applies"),
            ("terminate", "Terminated"),
            ("urge", "Urged"),
            ("copy", "Copied to"),
            ("comment", "Comment"),
            ("hand_over", "Handed over"),
            ("execute", "Carried out"),
        ],
        required=True,
    )
    stage_no = fields.Integer()
    seat_names = fields.Json()
    seat_name = fields.Char(string="Seat", compute="_compute_seat_name")
    user_id = fields.Many2one(
        "res.users", string="By", required=True, index=True, ondelete="restrict"
    )
    signer_name = fields.Char(string="Name")
    principal_id = fields.Many2one(
        "res.users",
        string="On Behalf of",
        index="btree_not_null",
        ondelete="restrict",
    )
    principal_name = fields.Char()
    medium = fields.Selection(
        [
            ("screen", "On screen"),
            ("paper", "On paper"),
            ("chat", "In a group chat"),
        ],
        default="screen",
    )
    signed_on = fields.Date(
        help="For a decision on paper or in a chat: the day written on it."
    )
    opinion = fields.Text()
    conditions = fields.Text()
    answers = fields.Json(help="To the questions of the stage.")
    drawing = fields.Binary(string="Drawn Signature", attachment=False)
    digests = fields.Json(help="Fingerprint of each group of facts vouched for.")
    # prices may be among what changed: shown as explanation, see order.review
    details = fields.Json(
        groups="base.group_system",
        help="What changed, who was asked, where it returned to.",
    )
    explanation = fields.Char(compute="_compute_explanation")
    previous_hash = fields.Char(required=True)
    hash = fields.Char(required=True)
    key_name = fields.Char(
        string="Key",
        help="The key outside the database that the hash was made with. Empty: made "
        "before there was one; then the hash proves less.",
    )

    _number_uniq = models.UniqueIndex("(review_id, number)")

    @api.depends("seat_names")
    @api.depends_context("lang")
    def _compute_seat_name(self):
        for signature in self:
            signature.seat_name = signature.review_id._text(signature.seat_names)

    @api.depends("details")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for record in self:
            details = record.sudo().details or {}  # told as far as the reader may see
            told = [
                record.review_id._spell_change(change)
                for change in details.get("changes", [])
            ]
            told += details.get("to_names", [details.get("to_name")])
            told.append(details.get("source", {}).get("name"))
            if fallen := details.get("fallen"):
                numbers = ", ".join(map(str, fallen))
                told.append(self.env._("what record %s rests on has ended", numbers))
            record.explanation = "; ".join(text for text in told if text)

    @api.depends("act", "signer_name", "number")
    def _compute_display_name(self):
        acts = dict(self._fields["act"]._description_selection(self.env))
        for signature in self:
            signature.display_name = (
                f"{signature.number}. {signature.signer_name or ''} "
                f"{acts.get(signature.act, '')}"
            )

    def _get_evidence_company(self):
        return self.review_id.company_id

    def _spell_limits_kept(self):
        """Return ``{record: whether its decision came within the time limit of the
        seat, in words}``; empty hook, filled where limits are known."""
        return {}

    def _get_form_row(self, is_void, limit):
        """Return one row of the countersign sheet.

        :param str limit: whether the time limit was kept, in words
        """
        self.ensure_one()
        acts = dict(self._fields["act"]._description_selection(self.env))
        media = dict(self._fields["medium"]._description_selection(self.env))
        return {
            "seat": self.seat_name or self.env._("System"),
            "name": self.principal_name or self.signer_name or "",
            "actor": self.signer_name if self.principal_name else "",
            "act": acts[self.act],
            "opinion": self.opinion or "",
            "conditions": self.conditions or "",
            "answers": self.env["order.review.question"]._spell(self.answers),
            "explanation": self.explanation or "",
            "medium": "" if self.medium == "screen" else media[self.medium],
            "evidence": len(self.evidence_ids),
            "time": self.review_id._spell_moment(self.date),
            "drawing": self.drawing,
            "void": is_void,
            "limit": limit,
        }

    # -- the chain ------------------------------------------------------------------

    @api.model
    def _content(self, vals):
        """Return what the hash of a record covers, from the values to be written."""
        return {
            "act": vals["act"],
            "number": vals["number"],
            "round": vals["round"],
            "task": vals.get("task_id") or 0,
            "date": fields.Datetime.to_string(vals["date"]),
            "user": vals["user_id"],
            "name": vals.get("signer_name") or "",
            "principal": vals.get("principal_id") or 0,
            "principal_name": vals.get("principal_name") or "",
            "medium": vals.get("medium") or "screen",
            "signed_on": fields.Date.to_string(vals.get("signed_on")) or "",
            "stage": vals.get("stage_no") or 0,
            "seat": vals.get("seat_names") or {},
            "opinion": vals.get("opinion") or "",
            "conditions": vals.get("conditions") or "",
            "answers": vals.get("answers") or [],
            "digests": vals.get("digests") or {},
            "details": vals.get("details") or {},
        }

    def _stored_content(self):
        """Return the same dictionary from what is in the database."""
        self.ensure_one()
        vals = {name: self[name] for name in CONTENT}
        for name in ("task_id", "user_id", "principal_id"):
            vals[name] = vals[name].id
        return self._content(vals)

    def _first_broken(self):
        """Return the first record of one review that was tampered with, if any.

        A record whose key is not there proves nothing: it counts as broken, see
        :meth:`_find_missing_key`.
        """
        records = self.sorted("number")
        keys = self._get_chain_keys()
        index = hash_chain.first_broken(
            (
                record.previous_hash,
                record.hash,
                record._stored_content(),
                keys.get(record.key_name) if record.key_name else None,
            )
            for record in records
        )
        if index is None:
            index = records._first_unkeyed(keys)
        return records[index : index + 1] if index is not None else self.browse()

    # -- the keys ---------------------------------------------------------------------

    @api.model
    def _get_chain_keys(self):
        """Return ``{name: key}``, the one for new records first.

        They stand in the configuration file, else in a file beside the attachments:
        nobody who reaches only the database can make a record with them.
        """
        option = config.get("order_chain_key")
        try:
            return chain_key.read(option, config.filestore(self.env.cr.dbname))
        except (OSError, ValueError):
            return {}

    @api.model
    def _get_current_key(self):
        """Return the key for new records; the first time, make one.

        :raise UserError: there is none and none can be made
        """
        folder = config.filestore(self.env.cr.dbname)
        option = config.get("order_chain_key")
        try:
            keys = chain_key.read(option, folder)
            if not keys:
                chain_key.make(folder, fields.Datetime.now())
                keys = chain_key.read(option, folder)
        except (OSError, ValueError) as error:
            raise UserError(
                self.env._(
                    "Nothing can be signed or submitted: the key of the records is "
                    "missing. Whoever runs the server sets “order_chain_key” in the "
                    "configuration of Odoo, or lets it write the file %(file)s in "
                    "%(folder)s (%(error)s).",
                    file=chain_key.FILE_NAME,
                    folder=folder,
                    error=type(error).__name__,
                )
            ) from error
        return next(iter(keys.values()))

    def _find_missing_key(self):
        """Return the name of a key that these records need and that is not there."""
        missing = set(self.mapped("key_name")) - {False} - self._get_chain_keys().keys()
        return min(missing, default=False)

    def _first_unkeyed(self, keys):
        """Return the index of the first record that lacks a key though there was one
        when it was made, or ``None``.

        Else a chain could be computed anew as if it were old.
        """
        since = min((key.since for key in keys.values() if key.since), default=None)
        keyed_before = False
        for index, record in enumerate(self):
            if not record.key_name and (
                keyed_before or (since and record.date > since)
            ):
                return index
            keyed_before = keyed_before or bool(record.key_name)
        return None
