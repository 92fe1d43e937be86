"""The demo company shows every family of orders wherever an order may be (ANA-2)."""

from steps import ref

# what the demo reviews in one way, and projects, which are paid in steps instead
FAMILIES = {
    "standard": ("standard", "unfamiliar", "rush"),
    "nonstandard": ("nonstandard",),
    "urgent": ("urgent",),
    "special": ("special",),
    "custom": ("custom",),
    "web": ("web",),
    "project": ("project",),
}
UNREVIEWED = {("project", "review")}


def test_every_family_in_every_step(database, boss):
    """[ANA-2] at least one order of each, whatever steps there are; a route that is in
    force belongs to a family."""
    family_of = {
        ref(database, f"order_type_{name}"): family
        for family, names in FAMILIES.items()
        for name in names
    }
    reviewed = database.query(
        """
        SELECT t.type_id
          FROM order_review_route r
          JOIN order_review_route_type_rel t ON t.route_id = r.id
         WHERE r.active AND r.res_model = 'sale.order'
        """
    )
    assert {int(kind) for (kind,) in reviewed} <= family_of.keys()
    field = boss.call("sale.order", "fields_get", ["progress"])["progress"]
    steps = [step for step, _label in field["selection"]]
    orders = boss.call(
        "sale.order",
        "search_read",
        [("progress", "!=", False)],
        ["progress", "order_type_id", "proposed_type_id"],
    )
    there = {
        (family_of.get(kind[0]), order["progress"])
        for order in orders
        if (kind := order["order_type_id"] or order["proposed_type_id"])
    }
    wanted = {(family, step) for family in FAMILIES for step in steps} - UNREVIEWED
    assert not wanted - there, sorted(wanted - there)


def test_fines_and_rewards_in_every_state(boss):
    """[ACC-1] whoever looks round sees each of them."""
    field = boss.call("order.ledger.entry", "fields_get", ["state", "kind"])
    entries = boss.call(
        "order.ledger.entry", "search_read", [], ["state", "kind"], limit=100
    )
    for name in ("state", "kind"):
        choices = {code for code, _label in field[name]["selection"]}
        assert {entry[name] for entry in entries} == choices, name
