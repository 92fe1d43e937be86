from odoo import api, fields, models


class SaleOrder(models.Model):
    """Whom the customer's papers name, and what therefore has to be there [INT-2].

    The order confirmation prints these, the rules of completeness ask for them: what
    is complete is what will be read.
    """

    _inherit = "sale.order"

    printed_contact = fields.Char(
        string="Contact on Paper",
        compute="_compute_printed_contact",
        compute_sudo=True,
        help="The person whom the order confirmation names.",
        groups="base.group_user",
    )
    printed_phone = fields.Char(
        string="Phone on Paper",
        compute="_compute_printed_contact",
        compute_sudo=True,
        help="The number that the order confirmation prints: of the contact, else of "
        "the customer, else of the delivery address.",
        groups="base.group_user",
    )

    @api.depends(
        "partner_id.name",
        "partner_id.phone",
        "partner_id.parent_id",
        "partner_id.commercial_partner_id.phone",
        "partner_id.commercial_partner_id.child_ids.name",
        "partner_id.commercial_partner_id.child_ids.phone",
        "partner_id.commercial_partner_id.child_ids.type",
        "partner_shipping_id.name",
        "partner_shipping_id.phone",
    )
    def _compute_printed_contact(self):
        for order in self:
            contact = find_contact(order)
            customer = order.partner_id
            sources = (
                contact,
                customer,
                customer.commercial_partner_id,
                order.partner_shipping_id,
            )
            order.printed_contact = contact.name
            order.printed_phone = next(
                (partner.phone for partner in sources if partner.phone), False
            )


def find_contact(order):
    """Return the person to ask for: one with a name, and not the bookkeeper.

    Whom the order names comes first, then who takes the goods, then the customer's
    people; a customer who is no company is his own contact.
    """
    order.ensure_one()
    customer = order.partner_id
    company = customer.commercial_partner_id
    if customer.name and (customer != company or not company.is_company):
        return customer
    delivery = order.partner_shipping_id
    if delivery.name and delivery.commercial_partner_id == company != delivery:
        return delivery
    people = company.child_ids.filtered(
        lambda person: person.name and person.type != "invoice"
    )
    return people.sorted(lambda person: person.type != "contact")[:1]
