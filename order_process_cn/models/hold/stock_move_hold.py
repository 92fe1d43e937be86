from odoo import fields, models
from odoo.exceptions import AccessError


class StockMove(models.Model):
    """[CFM-8] what is suspended and was given back reserves nothing."""

    _inherit = "stock.move"

    # copied: what is split off a suspended move is as suspended
    is_given_back = fields.Boolean(
        string="Reservation Given Back",
        readonly=True,
        index="btree_not_null",
        groups="base.group_user",
        help="The order was suspended and what was reserved for it given back: nothing "
        "is reserved until it is resumed.",
    )

    def _filtered_to_reserve(self):
        # whoever reserves need not see why another may not
        return self - self.sudo().filtered("is_given_back").with_env(self.env)

    def _check_stays_suspended(self, vals):
        """Refuse that a suspended move becomes another's, or is freed by hand."""
        if "is_given_back" in vals and not self.env.su:
            raise AccessError(
                self.env._("What is given back is reserved again by “Resume” only.")
            )
        for name in {"sale_line_id", "product_id"} & vals.keys():
            moves = self.sudo().filtered(  # whether, and why
                lambda move, name=name: (
                    move.state not in {"done", "cancel"} and move[name].id != vals[name]
                )
            )
            moves.sale_line_id._refuse_suspended()
