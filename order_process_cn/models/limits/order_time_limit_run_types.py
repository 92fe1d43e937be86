from odoo import api, models

from .order_time_limit_run import OPEN

ENTERED = "created"


class OrderTimeLimitRun(models.Model):
    """Limits that count from the entry of a document and are for some order types only:
    they follow the type, also where it is given afterwards (SLA-1)."""

    _inherit = "order.time.limit.run"

    @api.model
    def _follow_type(self, records):
        """Begin what is for the type that these superuser records have now and has not
        run, as of their entry; end what runs for another type. What is done already, or
        was entered before the limit was switched on, stays as it is."""
        for company, own in records.grouped("company_id").items():
            compiled = self.env["order.time.limit"]._compiled_for(
                records._name, company.id
            )
            rules = [r for r in compiled if r["start"] == ENTERED and r["types"]]
            changed = self._follow_type_by(rules, own) if rules else self.browse()
            if changed:
                own._after_limit_change()

    @api.model
    def _follow_type_by(self, rules, records):
        """Return the limits of these rules that were begun or ended."""
        runs = self.search_fetch(
            [
                ("rule_id", "in", [rule["rule"] for rule in rules]),
                ("res_id", "in", records.ids),
            ],
            self._engine_fields(),
        )
        done = self._find_done(rules, records)
        limits = self.env["order.time.limit"].browse(rule["rule"] for rule in rules)
        since = {limit.id: limit.in_force_since for limit in limits}
        changed = self.browse()
        for rule in rules:
            ran = runs.filtered(lambda run, no=rule["rule"]: run.rule_id.id == no)
            fitting = records._filter_for_limit(rule)
            wrong = ran.filtered(
                lambda run, ids=set(fitting.ids): (
                    run.state in OPEN and run.res_id not in ids
                )
            )
            wrong._void()
            known = ran.filtered(lambda run: run.state != "void").mapped("res_id")
            late = fitting.filtered(
                lambda r, known=known, rule=rule: (
                    r.id not in known
                    and (r.id, rule["stop"]) not in done
                    and r.create_date >= since[rule["rule"]]
                    and ("state" not in r._fields or r.state != "cancel")
                )
            )
            changed += wrong
            for record in late:
                changed += self._start([rule], record, ran, record.create_date)
        return changed

    @api.model
    def _find_done(self, rules, records):
        """Return ``{(id, event), …}``: what these limits wait for has happened."""
        stops = {rule["stop"] for rule in rules}
        events = self.env["order.event"]._read_group(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("code", "in", list(stops)),
            ],
            ["res_id", "code"],
        )
        return set(events)
