import re
from contextlib import contextmanager
from functools import cached_property
from typing import NamedTuple

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tools import SQL, mute_logger

from ..pickup.pickup_common import PickupCommon


class Scene(NamedTuple):
    """Somebody about to do something that he may do."""

    user: object
    records: object
    # or a function that returns them for whoever tries it
    args: object = ()
    kwargs: dict = {}
    # what the button sends in the context
    context: dict = {}


class Outcome(NamedTuple):
    """What came of a call: "done", "nothing" (no row written) or "refused"."""

    what: str
    rows: dict
    answer: object = None
    # tables of documents in which a row was written that was there before
    touched: frozenset = frozenset()


# differs from call to call, or repeats what stands elsewhere
MOVING = {"id", "create_date", "write_date", "write_uid", "create_uid"}
# ends of the names of what is random, or follows from the number of a row
SPELLED = (
    "hash",
    "head",
    "message_id",
    "access_token",
    "checksum",
    "store_fname",
    "seal",
)
# nothing of the process: locks, counters, queues of the server
QUIET = {"bus_bus", "ir_sequence", "ir_cron", "ir_cron_trigger", "res_users_log"}
# what an act is about: whoever writes such a row keeps others from doing the same
DOCUMENTS = (
    "account_payment",
    "mrp_bom",
    "mrp_production",
    "mrp_workorder",
    "order_calendar_year",
    "order_change_request",
    "order_daily_report",
    "order_delay_report",
    "order_demand_plan",
    "order_drawing_handover",
    "order_drawing_set",
    "order_forfeiture",
    "order_form_issue",
    "order_inspection",
    "order_ledger_entry",
    "order_ledger_sheet",
    "order_measure",
    "order_meeting",
    "order_production_plan",
    "order_project_completion",
    "order_project_evaluation",
    "order_project_plan",
    "order_project_step",
    "order_purchase_request",
    "order_reallocation",
    "order_receipt_notice",
    "order_recheck",
    "order_review",
    "order_score_sheet",
    "order_service_case",
    "order_shipment_plan",
    "order_shipping_release",
    "order_statement",
    "sale_order",
    "stock_picking",
)


# who plays in the scenes, and in which groups: made at once, for each user that is made
# empties what is remembered of people
STAFF = {
    "approves_demand": "order_process_cn.order_group_demand",
    "asks_purchases": "mrp.group_mrp_user",
    "buys": "purchase.group_purchase_user",
    "checker": "order_process_cn.order_group_inspector",
    "delay_worker": "mrp.group_mrp_user",
    "desk": "order_process_cn.order_group_release",
    "drawer": "order_process_cn.order_group_engineering",
    "engineer": "order_process_cn.order_group_engineering",
    "follower": "mrp.group_mrp_user",
    "heads_region": "sales_team.group_sale_salesman_all_leads",
    "judge": "order_process_cn.order_group_ledger",
    "leader": "sales_team.group_sale_manager",
    "maker": "mrp.group_mrp_user",
    "meeting_chair": "mrp.group_mrp_user",
    "packer": "stock.group_stock_user",
    "planner": "mrp.group_mrp_manager",
    "project_manager": "base.group_user",
    "reader": "order_process_cn.order_group_auditor,"
    "sales_team.group_sale_salesman_all_leads",
    "receipt_keeper": "stock.group_stock_user",
    "rescuer": "order_process_cn.order_group_shipping_emergency",
    "system": "base.group_system",
    "workshop_hand": "mrp.group_mrp_user",
}


class SceneCommon(PickupCommon):
    """For every public act a document on which somebody may do it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a row in it carries the number of the transaction that wrote it
        cls.cr.execute("CREATE TEMP TABLE order_mark (one integer)")
        cls.staff = cls._new_users(STAFF)

    def _scene(self, model, method):
        return getattr(self, f"scene_{model.replace('.', '_')}__{method}")()

    @contextmanager
    def _on_stage(self, model, method):
        """Yield the scene of one act; afterwards nothing of it remains."""
        known = list(self.env.transaction.envs)
        with self.cr.savepoint() as savepoint:
            try:
                scene = self._scene(model, method)
                self._end_of_transaction()
                yield scene
            finally:
                savepoint.rollback()
                # what was changed by the scene may have been remembered by each call
                with mute_logger("odoo.registry"):
                    self.env.registry.clear_all_caches()
                self._forget(known)

    def _forget(self, known):
        """Forget what was read, remembered and left to be done; of the environments,
        among which each new one is looked for, keep those ``known`` before."""
        self.env.invalidate_all(flush=False)
        self.env.registry.reset_changes()
        self.cr.precommit.clear()
        self.env.transaction.envs.clear()
        self.env.transaction.envs.update(known)

    # -- calling -----------------------------------------------------------------------

    def _is_done(self, scene, method, user):
        """Say in one word what comes of it when ``user`` does it; it is undone."""
        return self._call(scene, method, user=user, is_told=False).what

    def _call(self, scene, method, user=None, ids=None, context=None, **told):
        """Do it as a client does, then undo it; return what came of it, told as
        :meth:`_undone` has it."""
        user = user or scene.user
        records = scene.records.with_user(user).with_context({})
        found = getattr(type(records), method)
        ids = [] if getattr(found, "_api_model", False) else [ids or records.ids]
        args = scene.args(user) if callable(scene.args) else scene.args
        self._end_of_transaction()
        self.env.invalidate_all()
        with self._undone(**told) as written:
            call = records.browse()
            said = {**(context or {}), **scene.context}
            try:
                answer = call_kw(
                    call, method, [*ids, *args], {**scene.kwargs, "context": said}
                )
                self._end_of_transaction()
            except UserError as refusal:
                return Outcome("refused", {}, str(refusal))
            rows, touched = written()
        return Outcome("done" if rows else "nothing", rows, answer, touched)

    @contextmanager
    def _undone(self, is_told=True, is_touch_told=False):
        """Yield a function that returns the rows written since, ``{table: [row]}``, or
        only whether there are any if it is not told; and, if that is told, the tables
        of documents in which one was there before. Nothing of it remains."""
        self.env.flush_all()
        known = list(self.env.transaction.envs)
        with self.cr.savepoint() as savepoint:
            self.cr.execute(
                "INSERT INTO order_mark VALUES (1) RETURNING xmin::text::bigint"
            )
            mark = self.cr.fetchone()[0]
            before, highest = self._counters(), self._highest() if is_touch_told else {}
            try:
                yield lambda: (
                    self._written(mark, before)
                    if is_told
                    else self._is_written(mark, before),
                    self._touched(mark, highest),
                )
            finally:
                savepoint.rollback()
                self._forget(known)

    def _counters(self):
        """Return ``{table: [rows written, rows deleted]}`` of this transaction so far;
        the view ``pg_stat_xact_user_tables`` takes ten times as long."""
        self.cr.execute(
            """
            SELECT relname, written + deleted, deleted
              FROM (
                  SELECT relname,
                         pg_stat_get_xact_tuples_inserted(oid)
                         + pg_stat_get_xact_tuples_updated(oid) AS written,
                         pg_stat_get_xact_tuples_deleted(oid) AS deleted
                    FROM pg_class
                   WHERE relkind = 'r'
                     AND relnamespace = current_schema::regnamespace
              ) AS counted
             WHERE written + deleted > 0
            """
        )
        return {table: counts for table, *counts in self.cr.fetchall()}

    def _highest(self):
        """Return ``{table: highest id}`` of the documents."""
        parts = [
            SQL("SELECT %s, max(id) FROM %s", table, SQL.identifier(table))
            for table in DOCUMENTS
        ]
        self.cr.execute(SQL(" UNION ALL ").join(parts))
        return {table: highest or 0 for table, highest in self.cr.fetchall()}

    def _touched(self, mark, highest):
        """Return the tables in which a row up to ``highest`` was written since."""
        touched = set()
        for table, known in highest.items():
            self.cr.execute(
                SQL(
                    "SELECT 1 FROM %s t WHERE id <= %s AND t.xmin::text::bigint >= %s"
                    " LIMIT 1",
                    SQL.identifier(table),
                    known,
                    mark,
                )
            )
            if self.cr.fetchone():
                touched.add(table)
        return frozenset(touched)

    def _changed(self, before):
        """Yield ``(table, rows deleted)`` of each table in which something was done,
        even if it was undone."""
        for table, (count, deleted) in self._counters().items():
            old_count, old_deleted = before.get(table, (0, 0))
            if count != old_count and table not in QUIET:
                yield table, deleted - old_deleted

    def _is_written(self, mark, before):
        """Whether :meth:`_written` finds a row."""
        return any(
            deleted > 0 or self._is_marked(mark, table)
            for table, deleted in self._changed(before)
        )

    def _is_marked(self, mark, table):
        self.cr.execute(
            SQL(
                "SELECT 1 FROM %s t WHERE t.xmin::text::bigint >= %s LIMIT 1",
                SQL.identifier(table),
                mark,
            )
        )
        return bool(self.cr.fetchone())

    def _written(self, mark, before):
        found, new = {}, {}
        for table, deleted in self._changed(before):
            name = SQL.identifier(table)
            self.cr.execute(
                SQL(
                    "SELECT to_jsonb(t) FROM %s t WHERE t.xmin::text::bigint >= %s",
                    name,
                    mark,
                )
            )
            rows = [row for (row,) in self.cr.fetchall()]
            if rows and "id" in rows[0]:
                self.cr.execute(
                    SQL(
                        "SELECT max(id) FROM %s t WHERE t.xmin::text::bigint < %s",
                        name,
                        mark,
                    )
                )
                known = self.cr.fetchone()[0] or 0
                new[table] = {row["id"] for row in rows if row["id"] > known}
            if deleted > 0:
                rows.append({"deleted": deleted})
            if rows:
                found[table] = rows
        return {
            table: sorted(self._spell(table, row, new) for row in rows)
            for table, rows in found.items()
        }

    def _spell(self, table, row, new):
        """Return one row without what differs between two runs of the same act."""
        spelled = {}
        for name, value in sorted(row.items()):
            if name in MOVING or name.endswith(SPELLED):
                continue
            if isinstance(value, int) and value in new.get(
                self._target(table, name, row), ()
            ):
                value = "new"
            elif isinstance(value, str | dict | list):
                value = re.sub(r"\d+", "#", str(value))
            spelled[name] = value
        return str(spelled)

    def _target(self, table, name, row):
        """Return the table to whose rows a column refers."""
        if name == "res_id":
            model = row.get("res_model") or row.get("model")
            return model and model.replace(".", "_")
        if name == "order_id" and table.endswith("_moved"):
            return "sale_order"  # the notes of kept rows have no foreign keys
        return self._references.get((table, name))

    @cached_property
    def _references(self):
        self.cr.execute(
            """
            SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
              FROM pg_constraint c
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             WHERE c.contype = 'f'
            """
        )
        return {(table, name): target for table, name, target in self.cr.fetchall()}
