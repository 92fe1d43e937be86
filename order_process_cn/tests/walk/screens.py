"""What lists say and what the form says is the same."""


def shared_fields(env):
    """Return our fields of the order that both its list and its form show."""
    orders = env["sale.order"]
    views = {
        kind: orders.get_view(env.ref(f"sale.{name}").id, kind)
        for kind, name in (("list", "sale_order_tree"), ("form", "view_order_form"))
    }
    shown = [set(view["models"]["sale.order"]) for view in views.values()]
    return sorted(
        name
        for name in set.intersection(*shown)
        if "order_process_cn" in orders._fields[name]._modules
    )


def check_screens(walk, is_fresh):
    """Raise ``AssertionError`` where list and form differ.

    :param is_fresh: whether the worker has just looked at the order, so that what it
        stores for lists is up to date
    """
    people = walk.case.seller | walk.case.signers["engineering"]
    for user in people.filtered("active"):
        fields_agree(walk, user)
        search_agrees(walk, user)
    panel_agrees(walk)
    if is_fresh:
        waiting_agrees(walk)
    walk.env.invalidate_all()


def fields_agree(walk, user):
    """The same field in a list of two and on the form."""
    names = walk.case.shared_fields
    specification = {name: {} for name in names}
    both = walk.case.bystander + walk.order
    domain = [("id", "in", both.ids)]
    found = walk.rpc_model(user, "sale.order", "web_search_read", domain, specification)
    listed = {row["id"]: row for row in found["records"]}.get(walk.order.id)
    if listed is None:
        return  # a department that holds no seat sees nothing of it
    walk.env.invalidate_all()
    [form] = walk.rpc(
        user, walk.order, "web_read", {**specification, "review_panel": {}}
    )
    different = {name: (listed[name], form[name]) for name in names}
    different = {name: two for name, two in different.items() if two[0] != two[1]}
    assert not different, f"list and form differ: {different}"


def search_agrees(walk, user):
    """Whoever finds it among “waiting for me” is shown the buttons, and nobody else."""
    orders = walk.env["sale.order"].with_user(user)
    own = [("id", "=", walk.order.id)]
    if not orders.search(own):
        return
    for name in ("review_waits_for_me", "review_is_mine"):
        is_found = bool(orders.search([*own, (name, "=", True)]))
        assert is_found == walk.order.with_user(user)[name], f"{name} of {user.login}"


def panel_agrees(walk):
    order = walk.order.sudo()
    panel = order.review_panel
    if not order.review_id:
        assert not order.review_state, "a state without a review"
        return
    assert panel["state"] == order.review_state, "panel and state differ"
    seats = [seat for stage in panel["stages"] for seat in stage["seats"]]
    open_ones = [seat["name"] for seat in seats if seat["state"] == "open"]
    if order.review_state == "running":
        named = ", ".join(open_ones)
        assert order.review_waiting_for == named, "the list names others"


def waiting_agrees(walk):
    """What a held order waits for: stored for the list, worked out for the form."""
    order = walk.order.sudo()
    if order.effect_state != "held":
        return
    conditions = (order.order_checklist or {}).get("conditions", [])
    codes = [c["code"] for c in conditions if not c["met"]]
    assert (order.effect_waiting or []) == codes, (order.effect_waiting, codes)
