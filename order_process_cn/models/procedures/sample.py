"""A complete order with which a procedure is tried, and which one button removes
(PRC-6)."""

from dateutil.relativedelta import relativedelta

from odoo import Command

from ..intake.classification import propose_types

# until when the goods of the sample are wanted
DAYS = 30
QUANTITY, PRICE = 10, 1000


def make_sample(procedure, company):
    """Return a quotation of a customer who exists for it only, ready to be submitted.

    Made with the rights of whoever asks for it.

    :param procedure: what it is tried with; decides its order type
    """
    env = procedure.env
    partner = _get_customer(company)
    product = env["product.product"].create(
        {
            "name": env._("Sample product (trial)"),
            "type": "consu",
            "list_price": PRICE,
            "specification": "DN50",
            "company_id": company.id,
        }
    )
    wanted = company._calendar_day(env.cr.now()) + relativedelta(days=DAYS)
    order = env["sale.order"].create(
        {
            "partner_id": partner.id,
            "company_id": company.id,
            "origin": env._("Trial"),
            "order_channel_id": env.ref("order_process_cn.order_channel_contract").id,
            "wanted_date": wanted,
            "payment_term_id": env.ref("account.account_payment_term_30days").id,
            "packing_requirements": env._("None"),
            "order_line": [
                Command.create(
                    {
                        "product_id": product.id,
                        "product_uom_qty": QUANTITY,
                        "price_unit": PRICE,
                    }
                )
            ],
        }
    )
    _choose_type(order, procedure)
    return order


def _get_customer(company):
    partner = company.order_sample_partner_id
    if partner.active and partner:
        return partner
    env = company.env
    partner = env["res.partner"].create(
        {
            "name": env._("Sample customer (trial)"),
            "is_company": True,
            "company_id": company.id,
            "country_id": company.country_id.id,
            "street": env._("1 Sample Road"),
            "phone": "0571-5550 0000",
            # not what a client says
            "tz": company.resource_calendar_id.tz,
            "child_ids": [
                Command.create({"name": env._("Contact of the sample"), "tz": False})
            ],
        }
    )
    # an administrator of the process need not administer companies; only whose orders
    # are samples is noted
    company.sudo().order_sample_partner_id = partner
    return partner


def _choose_type(order, procedure):
    """Give the sample a type for which the procedure has a route."""
    routes = procedure._get_configuration("order.review.route")
    routes = routes.filtered(lambda route: route.res_model == "sale.order")
    kinds = routes.order_type_ids
    proposed, _reasons = propose_types(order)[order]
    if kinds and proposed not in kinds:
        order.write(
            {
                "order_type_id": kinds[0].id,
                "order_type_reason": order.env._("Trial of %s", procedure.display_name),
            }
        )


def find_samples(company):
    """Return the sample orders of ``company`` that are not cancelled."""
    partner = company.sudo().order_sample_partner_id  # whose orders are samples
    if not partner:
        return company.env["sale.order"]
    return company.env["sale.order"].search(
        [
            ("partner_id", "child_of", partner.ids),
            ("company_id", "=", company.id),
            ("state", "!=", "cancel"),
        ]
    )


def remove_samples(company):
    """Take away the samples of ``company``: what nobody signed is deleted, the rest is
    cancelled, for records are kept; customer and product are archived.

    :return: an action that has to be answered first, or ``False``
    """
    orders = find_samples(company)
    products = orders.order_line.product_id
    plain = orders.filtered(
        lambda order: order.state in {"draft", "sent"} and not order.review_id
    )
    for order in orders - plain:
        question = order.action_cancel()
        if isinstance(question, dict):
            return question
    plain.unlink()
    products.filtered(lambda product: product.company_id == company).active = False
    # see _get_customer
    owner = company.sudo()
    owner.order_sample_partner_id.active = False
    owner.order_sample_partner_id = False
    return False
