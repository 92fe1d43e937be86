"""The same company on every side: people, goods, one quotation with five lines.

These run inside a worker. They return plain data, for there are no records outside.
"""

from datetime import date, timedelta

from . import copies

LINES = 5
DEPARTMENTS = ("engineering", "quality", "planning", "purchase", "production")


def company(env) -> dict:
    """Make a seller, ten signers, a customer, five products and a quotation."""
    seller = _user(env, "seller")
    signers = {
        department: [_user(env, f"{department}{number}") for number in (1, 2)]
        for department in DEPARTMENTS
    }
    products = env["product.product"].create(
        [
            {
                "name": f"Pump {number}",
                "type": "consu",
                "is_storable": True,
                "list_price": 100.0 + number,
                "taxes_id": False,
            }
            for number in range(LINES)
        ]
    )
    customer = env["res.partner"].create(
        {"name": "Customer", "phone": "021-5555", "street": "1 Pump Road"}
    )
    data = {
        "seller": seller.id,
        "signers": {name: [user.id for user in two] for name, two in signers.items()},
        "products": products.ids,
        "customer": customer.id,
    }
    order = env["sale.order"].with_user(seller).create(order_values(env, data))
    return {**data, "order": order.id}


def _user(env, login):
    # signers too: tier validation works only for people who may read every order
    group = env.ref("sales_team.group_sale_salesman_all_leads")
    return env["res.users"].create(
        {
            "name": login.capitalize(),
            "login": login,
            "email": f"{login}@example.com",
            # else the mail server that is not there would be waited for
            "notification_type": "inbox",
            "group_ids": [(6, 0, group.ids)],
        }
    )


def order_values(env, data) -> dict:
    """What a client sends to enter the quotation."""
    return {
        "partner_id": data["customer"],
        "user_id": data["seller"],
        "payment_term_id": env.ref("account.account_payment_term_30days").id,
        "order_line": [
            (0, 0, {"product_id": product, "product_uom_qty": 2, "price_unit": 100.0})
            for product in data["products"]
        ],
    }


def quotations(env, data, count: int) -> list[int]:
    """Make ``count`` more quotations like the first one."""
    ids = copies.copy_orders(env, data["order"], count)
    copies.analyze(env)
    return ids


def reviewed_company(env, applies_to="[]") -> dict:
    """The company whose orders five departments countersign, one stage of five seats
    with two candidates each."""
    data = company(env)
    departments = {
        name: env.ref(f"order_process_cn.order_department_{name}")
        for name in DEPARTMENTS
    }
    for name, department in departments.items():
        first = data["signers"][name][0]
        members = [(6, 0, data["signers"][name])]
        department.write({"member_ids": members, "head_id": first})
    rule = {"name": "Always", "domain": applies_to}
    kind = env["order.type"].create(
        {"name": "Reviewed", "sequence": 1, "rule_ids": [(0, 0, rule)]}
    )
    seats = [
        (0, 0, {"source": "department", "department_id": department.id})
        for department in departments.values()
    ]
    env["order.review.route"].create(
        {
            "name": "Countersign",
            "active": True,
            "order_type_ids": [(6, 0, kind.ids)],
            "stage_ids": [(0, 0, {"name": "Countersign", "seat_ids": seats})],
        }
    )
    complete(env, data)
    return {**data, "type": kind.id, "department": departments["quality"].id}


def routed_company(env) -> dict:
    """The company with a route for urgent orders, of which there are none."""
    return reviewed_company(env, "[('is_urgent', '=', True)]")


def complete(env, data) -> None:
    """Fill in what has to be on an order before it can be submitted."""
    order = env["sale.order"].browse(data["order"])
    order.write(
        {
            "order_channel_id": env.ref("order_process_cn.order_channel_email").id,
            "wanted_date": str(date.today() + timedelta(days=300)),
            "packing_requirements": "Wooden case",
        }
    )
    order.order_line.specification = "DN50"


def tiers_company(env) -> dict:
    """The same company with the tier validation of the OCA: five tiers side by side,
    each for a group of two."""
    data = company(env)
    model = env["ir.model"]._get("sale.order")
    for sequence, (name, members) in enumerate(data["signers"].items()):
        group = env["res.groups"].create({"name": name, "user_ids": [(6, 0, members)]})
        env["tier.definition"].create(
            {
                "name": name,
                "model_id": model.id,
                "review_type": "group",
                "reviewer_group_id": group.id,
                "definition_domain": "[]",
                "sequence": 10 * sequence,
                "approve_sequence": False,
            }
        )
    return data


def switch_notices(env, on: bool) -> None:
    """Switch every notice on or off, on whichever side this is."""
    if "tier.definition" in env:
        names = ("create", "pending", "accepted", "rejected", "restarted")
        values = {f"notify_on_{name}": on for name in names}
        env["tier.definition"].search([]).write(values)
    else:
        env["ir.config_parameter"].set_param("order_process_cn.notices", str(on))
