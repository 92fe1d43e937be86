from odoo import Command, api, fields, models
from odoo.tools import SQL

from ...tools import hash_chain
from ..mechanism.order_evidence_mixin import EvidenceFile

AUDITOR = "order_process_cn.order_group_auditor"
# reviews in one anchor: the rest goes into the next one
MOST = 5000
SLICE = 100
# A transaction that began before the last anchor and ended after it has left records
# with lower ids: so far back they are looked for.
OVERLAP = 1000
CONTENT = ("number", "date", "last_record", "heads")


class OrderReviewAnchor(models.Model):
    """The heads of all chains of one day, sent out of the database (SEC-2).

    A chain whose end was cut off is sound in itself. An anchor names how far each
    review had come; it is chained and keyed like the records, and every auditor
    receives it by mail, where nobody who writes the tables reaches it.
    """

    _name = "order.review.anchor"
    _inherit = ["order.append.only.mixin", "order.evidence.mixin", "order.engine.mixin"]
    _description = "Anchor of the Records"
    _log_access = False  # made by the engine, has a date of its own
    _order = "number desc"
    _rec_name = "number"

    number = fields.Integer(required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)
    last_record = fields.Integer(
        required=True,
        readonly=True,
        help="Up to this record every review that went on is named.",
    )
    heads = fields.Json(
        readonly=True,
        groups="base.group_system",
        help="For each review that went on since the anchor before: the number and the "
        "hash of its last record.",
    )
    review_count = fields.Integer(string="Reviews", readonly=True)
    previous_hash = fields.Char(required=True, readonly=True)
    key_name = fields.Char(string="Signing Key", readonly=True)
    hash = fields.Char(required=True, readonly=True)
    verification_code = fields.Char(compute="_compute_verification_code")

    _number_uniq = models.UniqueIndex("(number)")
    _heads_idx = models.Index("USING gin (heads)")

    @api.depends("number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for anchor in self:
            anchor.display_name = self.env._("Anchor %s", anchor.number)

    @api.depends("hash")
    def _compute_verification_code(self):
        for anchor in self:
            anchor.verification_code = hash_chain.short_code(anchor.hash)

    # -- making ------------------------------------------------

    @api.model
    def _cron_anchor(self):
        """Anchor what went on since the last time, and mail it to the auditors."""
        last = self.search([], limit=1)
        last_record, heads = self._collect_heads(last.last_record)
        while heads:
            last = self.create(self._prepare_values(last, last_record, heads))
            last._send()
            last_record, heads = self._collect_heads(last_record)

    @api.model
    def _collect_heads(self, after):
        """Return the last record looked at, and ``{review id: [number, hash]}``."""
        self.env["order.review.signature"].flush_model()
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                  WITH grown AS (
                       SELECT review_id, max(id) AS last_id
                         FROM order_review_signature WHERE id > %s
                        GROUP BY review_id ORDER BY last_id LIMIT %s)
                SELECT grown.last_id, record.review_id, record.number, record.hash
                  FROM grown JOIN LATERAL (
                       SELECT review_id, number, hash FROM order_review_signature
                        WHERE review_id = grown.review_id
                        ORDER BY number DESC LIMIT 1) record ON true
                 WHERE NOT EXISTS (
                       SELECT FROM order_review_anchor anchor
                        WHERE anchor.heads @> jsonb_build_object(
                              record.review_id::text,
                              jsonb_build_array(record.number, record.hash)))
                """,
                after - OVERLAP,
                MOST,
            )
        )
        heads = {str(review): [number, head] for _id, review, number, head in rows}
        return max((row[0] for row in rows), default=after), heads

    @api.model
    def _prepare_values(self, last, last_record, heads):
        key = self.env["order.review.signature"]._get_current_key()
        values = {
            "number": last.number + 1,
            "date": fields.Datetime.now(),
            "last_record": last_record,
            "heads": heads,
            "review_count": len(heads),
            "previous_hash": last.hash or hash_chain.GENESIS,
            "key_name": key.name,
        }
        content = self._content(values)
        return {
            **values,
            "hash": hash_chain.link(values["previous_hash"], content, key),
        }

    @api.model
    def _content(self, values):
        """Return what the hash of an anchor covers."""
        return {
            "number": values["number"],
            "date": fields.Datetime.to_string(values["date"]),
            "last": values["last_record"],
            "heads": values["heads"],
        }

    # -- sending ------------------------------------------------

    def _send(self):
        """Mail the heads to the auditors, as a file that can be compared by hand."""
        self.ensure_one()
        self._keep_evidence([self._draw_file()])
        auditors = self.env.ref(AUDITOR).all_user_ids.filtered(
            lambda user: user.active and user.email
        )
        self.env["mail.mail"].create(
            {
                "subject": self.env._("Records of reviews: anchor %s", self.number),
                "body_html": self.env._(
                    "%(count)s reviews went on. Keep this message: it shows later "
                    "whether records were taken away. Code: %(code)s",
                    count=self.review_count,
                    code=self.verification_code,
                ),
                "recipient_ids": [Command.set(auditors.partner_id.ids)],
                "attachment_ids": [Command.set(self.evidence_ids.ids)],
            }
        )

    def _draw_file(self):
        """Return the file of this anchor: one line for each review."""
        rows = sorted((int(review), *head) for review, head in self.heads.items())
        lines = [f"{review};{number};{head}" for review, number, head in rows]
        head = f"{self.number};{fields.Datetime.to_string(self.date)};{self.hash}"
        text = "\n".join([head, *lines, ""])
        return EvidenceFile(f"anchor-{self.number}.csv", text.encode(), "text/csv")

    # -- verifying ------------------------------------------------

    @api.model
    def _find_tampering(self):
        """Return what is wrong with the anchors, in words, or ``False``.

        Read in slices: there is one for each day.
        """
        keys = self.env["order.review.signature"]._get_chain_keys()
        previous, number = hash_chain.GENESIS, 0
        while anchors := self.search(
            [("number", ">", number)], order="number", limit=SLICE
        ):
            for anchor in anchors:
                number += 1
                key = keys.get(anchor.key_name)
                content = self._content({name: anchor[name] for name in CONTENT})
                linked = key and hash_chain.link(previous, content, key)
                if anchor.number != number or linked != anchor.hash:
                    return self.env._("Anchor %s was altered or is missing.", number)
                previous = anchor.hash
            anchors.invalidate_recordset()
        return False
