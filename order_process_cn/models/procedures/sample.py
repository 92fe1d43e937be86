"""A complete order, or work order, with which a procedure is tried, and which one
button removes (PRC-6)."""

from dateutil.relativedelta import relativedelta

from odoo import Command

from ..intake.classification import propose_types

# until when the goods of the sample are wanted
DAYS = 30
QUANTITY, PRICE = 10, 1000
WORK = "mrp.production"


def make_sample(procedure, company):
    """Return what the procedure is tried with, ready to be submitted: a quotation, or
    a work order where work orders are signed and no orders of customers.

    Made with the rights of whoever asks for it.
    """
    signed = set(procedure._get_configuration("order.review.route").mapped("res_model"))
    if WORK in signed and "sale.order" not in signed:
        return _make_work_order(company)
    return _make_quotation(procedure, company)


def _make_work_order(company):
    """Return a work order of a product that exists for it only, with a bill of
    materials that is released."""
    env = company.env
    product, material = (
        _make_product(company, name)
        for name in (env._("Sample product (trial)"), env._("Sample material (trial)"))
    )
    bom = env["mrp.bom"].create(
        {
            "product_tmpl_id": product.product_tmpl_id.id,
            "company_id": company.id,
            "bom_line_ids": [Command.create({"product_id": material.id})],
        }
    )
    # engineering has nothing to do with a sample: nothing else is made by it, and any
    # change of it takes the release away
    bom.sudo().write(
        {
            "is_released": True,
            "released_by_id": env.uid,
            "released_on": env.cr.now(),
        }
    )
    # an administrator of the process need not administer companies
    company.sudo().order_sample_product_id = product
    return env[WORK].create(
        {
            "product_id": product.id,
            "product_qty": QUANTITY,
            "bom_id": bom.id,
            "company_id": company.id,
            "origin": env._("Trial"),
        }
    )


def _make_product(company, name):
    return company.env["product.product"].create(
        {
            "name": name,
            "type": "consu",
            "list_price": PRICE,
            "specification": "DN50",
            "company_id": company.id,
        }
    )


def _make_quotation(procedure, company):
    """Return a quotation of a customer who exists for it only, of a type for which the
    procedure has a route."""
    env = procedure.env
    partner = _get_customer(company)
    product = _make_product(company, env._("Sample product (trial)"))
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
    return _find_open(company, "sale.order", "partner_id", "child_of", partner)


def find_sample_work(company):
    """Return the sample work orders of ``company`` that are not cancelled."""
    product = company.sudo().order_sample_product_id  # as above
    return _find_open(company, WORK, "product_id", "in", product)


def _find_open(company, model, field, operator, known):
    if not known:
        return company.env[model]
    return company.env[model].search(
        [
            (field, operator, known.ids),
            ("company_id", "=", company.id),
            ("state", "!=", "cancel"),
        ]
    )


def remove_samples(company):
    """Take away the samples of ``company``: what nobody signed is deleted, the rest is
    cancelled, for records are kept; customer and products are archived.

    :return: an action that has to be answered first, or ``False``
    """
    _remove_work(company)
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


def _remove_work(company):
    work = find_sample_work(company)
    boms = work.bom_id
    made = (work.product_id | boms.bom_line_ids.product_id).filtered(
        lambda product: product.company_id == company
    )
    work.action_cancel()
    boms.active = False
    made.active = False
    company.sudo().order_sample_product_id = False  # see _make_work_order
