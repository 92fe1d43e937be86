from odoo import api, fields, models

from ...tools import hash_chain

# what the seal covers, beside the fingerprints and the documents
SEALED = ("kind", "medium", "signed_by", "text", "check_state", "check_remark")
PEOPLE = ("order_id", "review_id", "user_id", "checked_by_id")
MOMENTS = ("date", "checked_on")


class OrderStatement(models.Model):
    """A written confirmation opens gates as a signature does: it carries a seal that
    nobody can make who only reaches the database (SEC-2), see ``chain_key``."""

    _inherit = "order.statement"

    seal = fields.Char(readonly=True, groups="base.group_system")
    key_name = fields.Char(string="Key", readonly=True, groups="base.group_system")

    @api.model_create_multi
    def create(self, vals_list):
        statements = super().create(vals_list)
        statements._seal()
        return statements

    def write(self, vals):
        result = super().write(vals)
        self._seal()
        return result

    def _seal(self):
        key = self.env["order.review.signature"]._get_current_key()
        for statement in self.sudo():  # the seal is hidden from whoever states
            seal = hash_chain.link(statement._get_place(), statement._content(), key)
            # past write(), which would seal again without end
            models.BaseModel.write(statement, {"seal": seal, "key_name": key.name})

    def _get_place(self):
        """Return what keeps a seal from being moved to another statement."""
        return f"{self._name},{self.id}"

    def _content(self):
        """Return what the seal covers."""
        return {
            **{name: self[name] or "" for name in SEALED},
            **{name: self[name].id or 0 for name in PEOPLE},
            **{name: fields.Datetime.to_string(self[name]) or "" for name in MOMENTS},
            "digests": self.digests or {},
            "checksum": self.checksum or "",
        }

    def _is_sealed(self):
        """Whether this was recorded by the engine and is as it was recorded.

        What was recorded before there was a key carries no seal.
        """
        self.ensure_one()
        statement = self.sudo()  # the seal is hidden from whoever asks
        keys = self.env["order.review.signature"]._get_chain_keys()
        if not statement.seal:
            since = min((key.since for key in keys.values() if key.since), default=None)
            return not keys or bool(since and statement.date <= since)
        key = keys.get(statement.key_name)
        place, content = statement._get_place(), statement._content()
        return bool(key) and hash_chain.link(place, content, key) == statement.seal

    def _holds(self, facts, stood_for):
        return super()._holds(facts, stood_for) and self._is_sealed()

    def _filtered_altered(self):
        return super()._filtered_altered() | self.filtered(
            lambda statement: not statement._is_sealed()
        )
