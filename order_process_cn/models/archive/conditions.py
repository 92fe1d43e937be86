"""What the papers of an order wait for before they are filed (AFS-4)."""

from ..mechanism.order_condition_mixin import Condition
from ..projects.projects import condition_projects


class Given:
    """The values behind a gate that is passed as soon as a field has a value."""

    def __contains__(self, value):
        return bool(value)


GIVEN = Given()


def condition_archive(orders):
    """Return ``{order: [Condition, …]}`` for filing the papers of orders."""
    missing = orders.env["order.archive.item"]._conditions_of(orders)
    undecided = find_undecided(orders)
    projects = condition_projects(orders)
    return {
        order: [
            Condition(
                "closed",
                orders.env._("Order closed"),
                bool(order.closed_on),
                orders.env._("Finance"),
                orders.env._("Not closed yet: something is to be paid or received"),
            ),
            Condition(
                "undecided",
                orders.env._("Every document of the order decided"),
                not undecided.get(order),
                "",
                ", ".join(undecided.get(order, ())),
            ),
            *([projects[order]] if order in projects else []),
            *missing.get(order, []),
        ]
        for order in orders
    }


def find_undecided(orders):
    """Return ``{order: [name, …]}``: documents about these orders that somebody has
    made and nobody has decided. One query for each kind of document."""
    found = {}
    env = orders.env
    for name in sorted(env.registry.descendants(["order.case.mixin"], "_inherit")):
        model = env[name]
        if model._abstract:
            continue
        begun = [
            ("order_id", "in", orders.ids),
            "|",
            ("state", "in", list(model._get_states_before_begin())),
            ("review_state", "=", "running"),
        ]
        # what is undecided is named to whoever files the papers
        for document in model.sudo().search(begun):
            found.setdefault(document.order_id, []).append(document.display_name)
    return found
