"""What the client asks for when somebody opens a dashboard or a pivot of the addon.

Runs inside a worker; the questions are plain data.
"""

import json

MODULE = "order_process_cn"
# what a dashboard opens with
PERIOD_DAYS = 90
# of a pivot that opens with a period
YEAR_DAYS = 365


def find_questions(env) -> dict:
    """Return ``{name: (model, domain, groupings, aggregates)}``."""
    found = _find_pivots(env)
    boards = env["ir.model.data"].search(
        [("model", "=", "spreadsheet.dashboard"), ("module", "=", MODULE)]
    )
    for data in boards:
        board = json.loads(env[data.model].browse(data.res_id).spreadsheet_data)
        for number, pivot in board["pivots"].items():
            found[f"{data.name}:{number}"] = _ask_pivot(pivot)
        for sheet in board["sheets"]:
            for figure in sheet["figures"]:
                chart = figure["data"]
                if "metaData" in chart:
                    found[f"{data.name}:{figure['id']}"] = _ask_chart(chart)
    return found


def _find_pivots(env):
    """What a pivot of ours opens with when its menu is chosen."""
    ours = env["ir.model.data"].search(
        [("model", "=", "ir.actions.act_window"), ("module", "=", MODULE)]
    )
    found = {}
    for data in ours:
        action = env[data.model].browse(data.res_id)
        # what belongs to one document is little
        of_one = "active_id" in f"{action.domain} {action.context}"
        if "pivot" in action.view_mode.split(",") and not of_one:
            found[f"pivot:{data.name}"] = _ask_action(env, action)
    return found


def _ask_action(env, action):
    from lxml import etree

    from odoo.tools.safe_eval import safe_eval

    words = {"uid": env.uid}
    own = action.view_id if action.view_id.type == "pivot" else action.view_id.browse()
    views = env[action.res_model].get_views(
        [(own.id, "pivot"), (action.search_view_id.id, "search")]
    )["views"]
    pivot = etree.fromstring(views["pivot"]["arch"])
    search = etree.fromstring(views["search"]["arch"])
    fields = env[action.res_model]._fields
    groups, measures = [], ["__count"]
    for field in pivot.iter("field"):
        name = field.get("name")
        if field.get("type") in {"row", "col"}:
            interval = field.get("interval")
            groups.append(f"{name}:{interval}" if interval else name)
        elif field.get("type") == "measure":
            measures.append(f"{name}:{fields[name].aggregator}")
    domain = safe_eval(action.domain or "[]", words)
    for key in safe_eval(action.context or "{}", words):
        for chosen in search.iterfind(f".//filter[@name='{key[15:]}']"):
            if date := key.startswith("search_default_") and chosen.get("date"):
                period = {"chain": date, "type": fields[date].type}
                domain = _narrow(domain, period, YEAR_DAYS)
            elif chosen.get("domain"):
                domain += safe_eval(chosen.get("domain"), words)
    return action.res_model, domain, groups, measures


def _ask_pivot(pivot):
    groups = [_spell(row) for row in (*pivot["rows"], *pivot["columns"])]
    measures = [measure["id"] for measure in pivot["measures"]]
    period = pivot.get("fieldMatching", {}).get("period")
    return pivot["model"], _narrow(pivot["domain"], period), groups, measures


def _spell(row):
    granularity = row.get("granularity")
    return f"{row['fieldName']}:{granularity}" if granularity else row["fieldName"]


def _ask_chart(chart):
    meta = chart["metaData"]
    measure = meta["measure"]
    period = chart.get("fieldMatching", {}).get("period")
    domain = _narrow(chart["searchParams"]["domain"], period)
    wanted = measure if measure == "__count" else f"{measure}:sum"
    return meta["resModel"], domain, meta["groupBy"], [wanted]


def _narrow(domain, period, days=PERIOD_DAYS):
    from datetime import timedelta

    from odoo import fields

    if not period:
        return domain
    begin = fields.Datetime.now() - timedelta(days=days)
    if period["type"] == "date":
        begin = begin.date()
    return [*domain, (period["chain"], ">=", str(begin))]


def ask(env, question):
    model, domain, groups, aggregates = question
    return len(env[model].formatted_read_group(domain, groups, aggregates))
