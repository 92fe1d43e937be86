"""The sheets of orders that are approved go to whom they concern (P26)."""


def hand_out_sheets(orders, state):
    """Give out the copies of configuration sheet, sample list and accessory list.

    :param str state: what became of the review of these orders
    """
    if state != "approved":
        return
    asking = orders.env["order.type"]._ids_with_sheets()
    concerned = orders.filtered(lambda order: order.order_type_id.id in asking)
    if not concerned:
        return
    concerned._issue_form("F02")
    # whoever decides last need not see what is listed
    known = concerned.sudo()
    for code, name in (("F27", "sample_ids"), ("F28", "accessory_ids")):
        listed = known.filtered(name).with_env(orders.env)
        if listed:
            listed._issue_form(code)


def note_sheet_rows(orders):
    """Note that something is listed for these orders."""
    known = orders.sudo()  # the engine's to note
    known.filtered(lambda order: not order.has_sheet_rows).has_sheet_rows = True
