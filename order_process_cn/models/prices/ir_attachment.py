from odoo import api, fields, models

NOTED = "order_process_cn.priced"


class IrAttachment(models.Model):
    """Papers with prices that Sales attached to an order or sent to the customer are
    closed to those to whom prices are. [SEC-1] See the rule ``attachment_rule_prices``.

    Core makes such files on many roads (mail composer, portal, reports that keep their
    PDF), all of them right after the paper was drawn: it is known by its content.
    """

    _inherit = "ir.attachment"

    shows_prices = fields.Boolean(
        readonly=True,
        groups="base.group_user",
        help="A paper with sale prices, made by the system: closed to those to whom "
        "prices are.",
    )

    @api.model
    def _note_priced(self, content):
        """Close the files of this content that this transaction makes."""
        content = content if isinstance(content, bytes) else str(content).encode()
        noted = self.env.cr.cache.setdefault(NOTED, set())
        noted.add(self._compute_checksum(content))

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        if noted := self.env.cr.cache.get(NOTED):
            # the mark is ours, whoever attaches the paper
            priced = files.sudo().filtered(lambda file: file.checksum in noted)
            priced.shows_prices = True
        return files
