"""How long an order is kept, and what belongs to it (AFS-4)."""

from datetime import MAXYEAR, date

from dateutil.relativedelta import relativedelta

from odoo import api, fields
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

# documents of core that hang on an order: {model: path to it}
PATHS = {"sale.order": None, "stock.picking": "sale_id"}


@api.depends("closed_on", "archived_on", "contract_end")
@api.depends("company_id.order_retention_years")
def compute_retention(orders):
    """Compute until which day, that day included, each order is kept; empty while
    it is open."""
    for order in orders:
        order.retention_until = find_retention_end(order)


def find_retention_end(order):
    """Return the last day on which one order is kept, ``False`` while it is open."""
    closed = order.closed_on or order.archived_on
    if not closed:
        return False
    last = order.company_id._calendar_day(closed)
    if order.contract_end:
        last = max(last, order.contract_end)
    years = order.company_id.order_retention_years
    # “9999-12-31” is how people write a contract without an end
    return (
        date.max if last.year + years > MAXYEAR else last + relativedelta(years=years)
    )


def filtered_kept(orders):
    """Return, as superuser, those of these orders that are still to be kept."""
    now = fields.Datetime.now()
    # that it is kept does not depend on who touches it
    return orders.sudo().filtered(
        lambda order: (
            order.retention_until
            and order.company_id._calendar_day(now) <= order.retention_until
        )
    )


def get_order_paths(env):
    """Return ``{model: path}`` of the documents that belong to an order."""
    cases = env.registry.descendants(["order.case.mixin"], "_inherit")
    return {
        **PATHS,
        **{name: "order_id" for name in cases if not env[name]._abstract},
    }


def filtered_of_kept(records, model_field):
    """Return those of these records that hang on a kept order, or on a document of it.

    :param records: with a model in ``model_field`` and an id in ``res_id``
    """
    found, paths = records.browse(), None
    for model, group in records.grouped(model_field).items():
        if model in PATHS or model and model.startswith("order."):
            paths = paths or get_order_paths(records.env)
            if model in paths:
                found += _filtered_of_kept(group, model, paths[model])
    return found


def _filtered_of_kept(records, model, path):
    # whoever touches it need not see the order
    documents = records.env[model].sudo().browse(records.mapped("res_id")).exists()
    kept = filtered_kept(documents.mapped(path) if path else documents)
    if path:
        kept = documents.filtered(lambda document: document[path] & kept)
    ids = set(kept.ids)
    return records.filtered(lambda record: record.res_id in ids)


def spell_kept(orders):
    """Return the refusal to lose something of kept ``orders``, in words."""
    return "\n".join(
        orders.env._(
            "%(order)s is kept until %(day)s: nothing of it can be deleted or altered "
            "before. An administrator sets how long orders are kept.",
            order=order.name,
            day=format_date(orders.env, order.retention_until),
        )
        for order in orders
    )


def find_orders_behind(records, model_field):
    """Return, as superuser, the orders on which these records hang."""
    paths = get_order_paths(records.env)
    # whether something is kept does not depend on what its reader may see
    orders = records.env["sale.order"].sudo()
    for model, group in records.grouped(model_field).items():
        # as above
        documents = records.env[model].sudo().browse(group.mapped("res_id"))
        path = paths[model]
        orders |= documents.mapped(path) if path else documents
    return orders


def refuse_to_lose(records, model_field):
    """Raise if one of these records hangs on a kept order, whoever asks.

    :raise UserError: naming the orders and until when they are kept
    """
    if kept := filtered_of_kept(records, model_field):
        raise UserError(spell_kept(find_orders_behind(kept, model_field)))


def check_filing(orders, vals):
    """Raise if a person may not enter this about the archive.

    :raise AccessError: who filed the papers follows from the act
    :raise UserError: the end of the contract says how long filed papers are kept
    """
    if "archived_by_id" in vals:
        raise AccessError(orders.env._("Who filed the papers cannot be entered."))
    if "contract_end" in vals and (filed := orders.filtered("archived_on")):
        raise UserError(
            orders.env._(
                "%s: the papers are filed, and the end of the contract says how long "
                "they are kept. Reopen the order first.",
                ", ".join(filed.mapped("name")),
            )
        )
