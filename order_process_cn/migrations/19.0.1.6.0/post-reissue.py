"""Forms say when they are issued anew after a change: as shipped, where nothing is
said. Settings are not written by an upgrade otherwise."""

from odoo import SUPERUSER_ID, Command, api

GROUPS = {
    "f01": ("product", "quantity", "price", "terms", "dates", "delivery", "packing"),
    "f05": ("product", "quantity", "dates", "packing"),
    "f07": ("product", "quantity"),
    "f11": ("product", "quantity"),
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    found = {group.code: group.id for group in env["order.fact.group"].search([])}
    for code, names in GROUPS.items():
        form = env.ref(f"order_process_cn.order_form_{code}", raise_if_not_found=False)
        if form and not form.reissue_group_ids:
            ids = [found[name] for name in names if name in found]
            form.reissue_group_ids = [Command.set(ids)]
