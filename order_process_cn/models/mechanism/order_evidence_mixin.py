from typing import NamedTuple

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...tools import arguments, hash_chain


class EvidenceFile(NamedTuple):
    """A file as it was when somebody relied on it."""

    name: str
    raw: bytes
    mimetype: str

    @property
    def digest(self):
        return hash_chain.fingerprint(self.raw)


class OrderEvidenceMixin(models.AbstractModel):
    """A record that keeps copies of the files it relies on (CSN-4, SEC-2).

    What somebody uploaded stays his, to be changed or deleted; the copy belongs to the
    record alone. Nobody writes or deletes it, see ``ir.attachment``.
    """

    _name = "order.evidence.mixin"
    _description = "Record with Evidence"

    evidence_ids = fields.Many2many("ir.attachment", readonly=True)

    @api.model
    def _read_evidence(self, attachment_ids):
        """Return the files behind attachments that the caller may read, as
        ``[EvidenceFile]``. To be called before anything is written.

        :raise AccessError: he may not read one of them
        :raise UserError: too many or too large, or not a file
        """
        attachments = self.env["ir.attachment"].browse(attachment_ids).exists()
        attachments.check_access("read")
        most = arguments.limit(self.env, "evidence_max_files")
        largest = arguments.limit(self.env, "evidence_max_mb")
        problems = []
        if len(attachments) > most:
            problems.append(self.env._("Attach %s files at most.", most))
        for attachment in attachments:
            if attachment.type != "binary" or not attachment.file_size:
                problems.append(
                    self.env._("“%s” is empty or only a link.", attachment.name)
                )
            elif attachment.file_size > largest * 1024 * 1024:
                problems.append(
                    self.env._(
                        "“%(file)s” is larger than %(size)s MB: scan it with fewer "
                        "dots or divide it.",
                        file=attachment.name,
                        size=largest,
                    )
                )
        if problems:
            raise UserError("\n".join(problems))
        return [EvidenceFile(a.name, a.raw, a.mimetype) for a in attachments]

    def _keep_evidence(self, files):
        """Give each of these new records copies of ``files`` of its own."""
        if not files:
            return
        # nobody may hang a file on such a record; what it says was checked before; a
        # large picture stays as it was, the record knows its fingerprint
        attachments = self.env["ir.attachment"].sudo()
        attachments = attachments.with_context({"image_no_postprocess": True})
        for record in self:
            copies = attachments.create(
                [
                    {
                        "name": file.name,
                        "raw": file.raw,
                        "mimetype": file.mimetype,
                        "res_model": record._name,
                        "res_id": record.id,
                        # not of the company that its author works in just now
                        "company_id": record._get_evidence_company().id,
                    }
                    for file in files
                ]
            )
            # past the write() of the record's own model, which refuses everything
            models.BaseModel.write(record, {"evidence_ids": [Command.set(copies.ids)]})

    def _get_evidence_company(self):
        """Return the company of the document that one record is about; none: all."""
        return self.env["res.company"]

    def _holds_evidence(self, digests):
        """Whether the files of this record are those with these ``digests``.

        :param list digests: of the content; of records made before the content was
            copied: Odoo's own checksum
        """
        self.ensure_one()
        files = self.evidence_ids.with_context(bin_size=False)
        if len(files) != len(digests):
            return False
        known = set(digests)
        return all(
            hash_chain.fingerprint(file.raw or b"") in known
            or file._compute_checksum(file.raw or b"") in known
            for file in files
        )
