"""What the client asks for when somebody opens a dashboard or a pivot of the addon.

Runs inside a worker; the questions are plain data.
"""

import json

MODULE = "order_process_cn"
# what a dashboard opens with
PERIOD_DAYS = 90


def find_questions(env) -> dict:
    """Return ``{name: (model, domain, groupings, aggregates)}``."""
    found = {}
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


def _narrow(domain, period):
    from datetime import timedelta

    from odoo import fields

    if not period:
        return domain
    begin = fields.Datetime.now() - timedelta(days=PERIOD_DAYS)
    if period["type"] == "date":
        begin = begin.date()
    return [*domain, (period["chain"], ">=", str(begin))]


def ask(env, question):
    model, domain, groups, aggregates = question
    return len(env[model].formatted_read_group(domain, groups, aggregates))
