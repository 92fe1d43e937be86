"""What a change does to the shipping requests and releases of its order (CHG-5)."""

from datetime import timedelta

from ..changes.change_states import CANCEL
from ..releases_follow.order_shipping_release import get_open_releases
from ..shipping.release_states import DRAFT, REFUSED, RELEASED, REQUESTED, SHIPPED

RELEASE = "order.shipping.release"


def reach_of_releases(change):
    """Return the values of effects on requests and releases: none of an order whose
    goods need none."""
    releases = get_open_releases(change.order_id)
    if not change.order_id.ships_on_release:
        return []
    ending = releases.filtered(lambda r: r.state != SHIPPED)
    if change.kind == CANCEL:
        return [_by_itself(release, "cancel") for release in ending]
    touched = change._get_touched()
    rows = _reach_of_less(change, releases) + _reach_of_more(change)
    header = change._get_header()
    if "partner_shipping_id" in header:
        rows += [_by_itself(release, _get_act(release)) for release in ending]
    if "commitment_date" in header:
        rows += _reach_of_planned(change, ending)
    if {"price", "terms"} & touched:
        asked = ending.filtered(lambda r: r.state not in {DRAFT, REFUSED})
        rows += [_by_itself(release, "money") for release in asked]
    return rows


def _by_itself(release, act):
    return {
        "res_model": RELEASE,
        "res_id": release.id,
        "act": act,
        "is_automatic": True,
    }


def _get_act(release):
    """What another address means: whoever let it go is asked again."""
    return "again" if release.state in {REQUESTED, RELEASED} else "address"


# -- quantities ------------------------------------------------------------------------


def _reach_of_less(change, releases):
    plan = releases._plan_fit(_get_ordered_then(change))
    rows = []
    for line, quantity in plan.items():
        release, unit = line.release_id, line.product_id.uom_id
        empty = not any(plan.get(own, own.product_qty) for own in release.line_ids)
        rows.append(
            {
                **_by_itself(release, "cancel" if empty else "reduce"),
                "product_id": line.product_id.id,
                "product_uom_id": unit.id,
                "quantity_from": line.product_qty,
                "quantity_to": quantity,
            }
        )
    return rows


def _get_ordered_then(change):
    """Return ``{(order line, product): quantity}`` of what may leave after it."""
    new = change._get_new_quantities()
    ordered = dict(change.order_id.order_line._get_shippable())
    for (line, product), quantity in ordered.items():
        now = line.product_uom_qty
        if line not in new or not now:
            continue
        if product == line.product_id:
            less = line.product_uom_id._compute_quantity(
                now - new[line], product.uom_id, round=False
            )
        else:
            # of a kit each part in proportion
            less = quantity * (1 - new[line] / now)
        ordered[line, product] = quantity - less
    return ordered


def _reach_of_more(change):
    """Return the rows of what is let go beside what is let go already: proposed when it
    is ready."""
    rows = []
    for line in change.line_ids:
        before = 0.0 if line._is_other_product() else line.old_quantity
        more = line.quantity - before
        if line.product_id.type != "consu" or line.product_uom_id.compare(more, 0) <= 0:
            continue
        rows.append(
            {
                "res_model": RELEASE,
                "res_id": False,
                "act": "raise",
                "is_automatic": True,
                "product_id": line.product_id.id,
                "product_uom_id": line.product_uom_id.id,
                "quantity_from": 0.0,
                "quantity_to": more,
            }
        )
    return rows


# -- dates -----------------------------------------------------------------------------


def _reach_of_planned(change, releases):
    company, days = change.company_id, timedelta(days=change._get_days_moved())
    promised = company._calendar_day(change.new_commitment_date)
    rows = []
    for release in releases:
        if day := release.planned_on:
            rows.append(
                {
                    **_by_itself(release, "date"),
                    "date_from": company._start_of_day(day),
                    "date_to": company._start_of_day(day + days),
                }
            )
        if release.valid_until and release.valid_until < promised:
            # until when it holds was signed with it
            rows.append(
                {
                    **_by_itself(release, "look"),
                    "is_automatic": False,
                    "user_id": change.user_id.id,
                }
            )
    return rows
