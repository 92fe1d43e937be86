"""What the web client asks for when it opens a list or a form.

The specifications follow from the views, so that what an addon adds to a view is
read, and paid for, as it is in the browser.
"""

MODEL = "sale.order"
VIEWS = {
    "list": "sale.view_quotation_tree_with_onboarding",
    "form": "sale.view_order_form",
}
PAGE = 80
# up to which the client has rows counted
COUNTED = 10_001


def specifications(env) -> dict:
    """``{view: specification}`` for the caller, to be sent back with each read."""
    from lxml import etree

    found = {}
    for kind, xmlid in VIEWS.items():
        view_id = env["ir.model.data"]._xmlid_to_res_id(xmlid)
        views = env[MODEL].get_views([(view_id, kind)])
        arch = etree.fromstring(views["views"][kind]["arch"])
        found[kind] = _specification(env, MODEL, arch)
    return found


def list_specification(env, model, xmlid) -> dict:
    """What the list ``xmlid`` of another model reads for the caller."""
    from lxml import etree

    view_id = env["ir.model.data"]._xmlid_to_res_id(xmlid)
    views = env[model].get_views([(view_id, "list")])
    arch = etree.fromstring(views["views"]["list"]["arch"])
    return _specification(env, model, arch)


def _specification(env, model, node):
    fields = env[model]._fields
    found = {"id": {}}
    for name, element in _shown_fields(node).items():
        field = fields[name]
        found[name] = {}
        if field.type in {"one2many", "many2many"} and element is not None:
            found[name] = {"fields": _inner(env, field, element), "limit": 40}
        elif field.type == "many2one":
            shown = {} if element is None else {"display_name": {}}
            found[name] = {"fields": shown}
    return found


def _inner(env, field, element):
    """What is read of the lines of a field."""
    inner = next((c for c in element if c.tag in {"list", "kanban"}), None)
    if inner is not None:
        return _specification(env, field.comodel_name, inner)
    return {"display_name": {}} if element.get("widget") == "many2many_tags" else {}


def _shown_fields(node):
    """Return ``{name: element}``, without element where it is never shown: then its
    value is read, and nothing of the records behind it."""
    found = {}
    for element in _own_fields(node):
        hidden = {element.get("invisible"), element.get("column_invisible")}
        shown = None if hidden & {"1", "True"} else element
        name = element.get("name")
        if found.get(name) is None:
            found[name] = shown
    return found


def _own_fields(node):
    """The fields of a view without those of the views inside its fields."""
    for child in node:
        if child.tag == "field":
            yield child
        elif isinstance(child.tag, str):
            yield from _own_fields(child)


def open_list(env, specification, model=MODEL):
    """The first page of the quotations, or of another model."""
    from odoo.service.model import call_kw

    keywords = {"domain": [], "specification": specification, "limit": PAGE}
    keywords["count_limit"] = COUNTED
    found = call_kw(env[model], "web_search_read", [], keywords)
    assert len(found["records"]) == PAGE
    return len(found["records"])


def open_form(env, order_id, specification):
    from odoo.service.model import call_kw

    keywords = {"specification": specification}
    [values] = call_kw(env[MODEL], "web_read", [[order_id]], keywords)
    return len(values)
