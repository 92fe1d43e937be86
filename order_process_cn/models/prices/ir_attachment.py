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

    @api.model
    def _close_sent_before(self):
        """Close what Sales sent before prices were closed: files that bear the name
        which core gives to the papers of an order, and the mails with them."""
        self.env.cr.execute(
            """
            WITH closed AS (
                UPDATE ir_attachment f SET shows_prices = TRUE
                  FROM sale_order o
                 WHERE f.res_model = 'sale.order' AND f.res_id = o.id
                   AND f.res_field IS NULL AND f.mimetype = 'application/pdf'
                   AND f.name LIKE '%%' || o.name || '%%'
                   AND f.shows_prices IS NOT TRUE
             RETURNING f.id
            )
            UPDATE mail_message m SET shows_prices = TRUE
              FROM message_attachment_rel r JOIN closed ON closed.id = r.attachment_id
             WHERE m.id = r.message_id
            """
        )
        self.env.invalidate_all()
