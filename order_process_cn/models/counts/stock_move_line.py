from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError

from ..inspection.families import get_stock_ids

MANAGER = "stock.group_stock_manager"


class StockMoveLine(models.Model):
    """What is counted in, found, or taken back from scrap (MFG-7): no inspection says
    anything about it, so that not everybody who moves goods may do it."""

    _inherit = "stock.move.line"

    def _check_counted(self):
        """Refuse that somebody else than a manager adds inspected goods by a count.

        Asked of lines that are written, and where moves are done: the state of lines
        is stored later, when it is not known any more who moves them.

        :raise UserError: the goods, and whom to ask
        """
        if self.env.uid == SUPERUSER_ID or self.env.user.has_group(MANAGER):
            return
        found = self._filtered_inspected().filtered(
            lambda line: (
                line.location_id.usage == "inventory"
                and line.state == "done"
                # what a company has set is no secret to whoever counts for it
                and line.company_id.sudo().order_count_by_manager
            )
        )
        if found:
            inside = set(get_stock_ids(self.env))
            found = found.filtered(lambda line: line.location_dest_id.id in inside)
        if found:
            raise UserError(
                self.env._(
                    "%s: what is inspected is added to stock by a count, or taken back "
                    "from scrap, by an inventory manager only. Ask one of them.",
                    ", ".join(found.product_id.mapped("display_name")),
                )
            )
