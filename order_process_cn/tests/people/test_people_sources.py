from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import OrderCommon

INTERNAL = "base.group_user"
# sources whose person is named on the document itself, where it is a fact
ON_DOCUMENT = {"salesperson", "field", "chosen"}


@tagged("post_install", "-at_install")
class TestPeopleSources(OrderCommon):
    """[SEC-2] wherever a seat takes its people from, a change of them is kept, and
    those who come and go are told (K12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gone, cls.come = cls.signers["planning"], cls.signers["purchase"]
        cls.boss = cls.env.ref("base.user_admin")
        cls.group = cls.env["res.groups"].create(
            {"name": "Signs Prices", "user_ids": [Command.set(cls.gone.ids)]}
        )
        cls.wider = cls.env["res.groups"].create({"name": "Wider"})
        cls.team = cls.env["crm.team"].create({"name": "North", "user_id": cls.gone.id})
        cls.route.stage_ids[0].seat_ids = [
            Command.create({"source": "group", "group_id": cls.group.id}),
            Command.create(
                {"source": "users", "user_ids": [Command.set(cls.gone.ids)]}
            ),
        ]
        cls.seat = cls.route.stage_ids[0].seat_ids.filtered(
            lambda seat: seat.source == "users"
        )
        cls.department = cls.departments["quality"]
        cls.department.write(
            {"member_ids": [Command.set(cls.gone.ids)], "head_id": cls.gone.id}
        )

    def _changes_of(self, source):
        """Return ``[(how, record that keeps the people, change), …]``: every road on
        which the people of a source are changed."""
        replace = [Command.set(self.come.ids)]
        roads = {
            "department": [
                ("members", self.department, {"member_ids": replace}),
            ],
            "head": [("head", self.department, {"head_id": self.come.id})],
            "users": [("persons", self.seat, {"user_ids": replace})],
            "team_leader": [("leader", self.team, {"user_id": self.come.id})],
            "group": [("group", self.group, {"user_ids": replace})],
        }
        return roads[source]

    def _lines(self, record, after):
        return self.env["order.people.change"].search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("id", ">", after),
            ]
        )

    def _check_trace(self, record, change, comers=None, leavers=None):
        """Make ``change`` and look at what is left of it."""
        comers = self.come if comers is None else comers
        leavers = self.gone if leavers is None else leavers
        last = self.env["order.people.change"].search([], limit=1).id or 0
        told = self.env["mail.message"].search([], limit=1, order="id desc").id
        change()
        self.env.flush_all()
        lines = self._lines(record, last)
        self.assertTrue(lines, "no trace")
        self.assertEqual(lines.user_id, self.boss)
        for user in comers:
            self.assertTrue([line for line in lines if user.name in line.new_value])
            self.assertFalse([line for line in lines if user.name in line.old_value])
        for user in leavers:
            self.assertTrue([line for line in lines if user.name in line.old_value])
            self.assertFalse([line for line in lines if user.name in line.new_value])
        notices = self.env["mail.message"].search(
            [
                ("id", ">", told),
                ("model", "=", record._name),
                ("res_id", "=", record.id),
            ]
        )
        self.assertEqual(
            notices.notified_partner_ids, (comers | leavers).partner_id, "not told"
        )
        self.assertTrue(all(self.boss.name in body for body in notices.mapped("body")))

    def test_every_source(self):
        """A new source of people is in here without anybody remembering."""
        hostile = {"tracking_disable": True, "mail_notrack": True}
        sources = dict(self.env["order.review.seat"]._fields["source"].selection)
        for source in sources.keys() - ON_DOCUMENT:
            for how, record, values in self._changes_of(source):
                with self.subTest(f"{source}: {how}"), self.cr.savepoint() as point:
                    self.department.head_id = (
                        self.gm if source == "department" else self.gone
                    )
                    if source == "head":
                        self.department.member_ids = [Command.set(self.gm.ids)]
                    mine = record.with_user(self.boss).with_context(**hostile)
                    self._check_trace(record, lambda m=mine, v=values: m.write(v))
                    point.rollback()
                    self.env.invalidate_all()

    def _made_of(self, source):
        """Return ``(model, values, field)`` of what keeps the people of a source, or
        nothing where it has nobody when it is made."""
        people = [Command.set(self.gone.ids)]
        return {
            "department": (
                "order.department",
                {"name": "New", "member_ids": people},
                "member_ids",
            ),
            "head": (
                "order.department",
                {"name": "New", "head_id": self.gone.id},
                "head_id",
            ),
            "users": (
                "order.review.seat",
                {
                    "stage_id": self.route.stage_ids[0].id,
                    "source": "users",
                    "user_ids": people,
                },
                "user_ids",
            ),
            "team_leader": (
                "crm.team",
                {"name": "New", "user_id": self.gone.id},
                "user_id",
            ),
            # no seat names a group before there is one, and none is deleted
            "group": None,
        }[source]

    def test_every_source_comes_and_goes(self):
        """Made and deleted: both leave a trace, and the person is told."""
        sources = dict(self.env["order.review.seat"]._fields["source"].selection)
        for source in sources.keys() - ON_DOCUMENT:
            if not (made := self._made_of(source)):
                continue
            model_name, values, field = made
            with self.subTest(source):
                model = self.env[model_name].with_user(self.boss)
                told = self._last_notice(self.gone)
                record = model.create(values)
                (line,) = self._lines_about(record, field)
                self.assertEqual(
                    (line.act, line.old_value or "", line.new_value),
                    ("create", "", self.gone.name),
                )
                self.assertGreater(self._last_notice(self.gone).id, told.id)
                told = self._last_notice(self.gone)
                name = record.display_name
                record.unlink()
                line = self._lines_about(record, field) - line
                self.assertEqual(
                    (line.act, line.old_value, line.new_value or ""),
                    ("unlink", self.gone.name, ""),
                )
                self.assertEqual((line.record_name, line.user_id), (name, self.boss))
                self.assertGreater(self._last_notice(self.gone).id, told.id)
                self.assertIn(name, self._last_notice(self.gone).subject)

    def _lines_about(self, record, field):
        self.env.flush_all()
        return self._lines(record, 0).filtered(lambda line: line.field_name == field)

    def _last_notice(self, user):
        return self.env["mail.message"].search(
            [
                ("notified_partner_ids", "in", user.partner_id.ids),
                ("subject", "like", "Who signs was changed"),
            ],
            order="id desc",
            limit=1,
        )

    def test_a_user_who_is_deleted(self):
        """The database takes him out of every list; nobody has written on it."""
        new = self._user("newcomer", INTERNAL)
        self.department.write({"member_ids": [Command.link(new.id)], "head_id": new.id})
        self.seat.user_ids = [Command.link(new.id)]
        self.team.user_id = new
        last = self.env["order.people.change"].search([], limit=1).id
        name = new.name
        new.with_user(self.boss).unlink()
        self.env.flush_all()
        for record, fields_ in (
            (self.department, {"member_ids", "head_id"}),
            (self.seat, {"user_ids"}),
            (self.team, {"user_id"}),
        ):
            with self.subTest(record._name):
                lines = self._lines(record, last)
                self.assertEqual(set(lines.mapped("field_name")), fields_)
                self.assertEqual(set(lines.mapped("old_value")), {name})
                self.assertEqual(set(lines.mapped("act")), {"write"})

    def test_members_of_a_group_from_every_side(self):
        """The user's own form, the group, a group that implies it, a new user."""
        none = self.env["res.users"]
        come = self.come.with_user(self.boss)
        gone = self.gone.with_user(self.boss)
        group = self.group.with_user(self.boss)
        wider = self.wider.with_user(self.boss)
        self._check_trace(
            self.group,
            lambda: come.write({"group_ids": [Command.link(group.id)]}),
            leavers=none,
        )
        self._check_trace(
            self.group,
            lambda: gone.write({"group_ids": [Command.unlink(group.id)]}),
            comers=none,
        )
        wider.user_ids = [Command.link(self.gone.id)]
        self._check_trace(
            self.group,
            lambda: wider.write({"implied_ids": [Command.link(group.id)]}),
            comers=self.gone,
            leavers=none,
        )
        self._check_trace(
            self.group,
            lambda: wider.write({"user_ids": [Command.unlink(self.gone.id)]}),
            comers=none,
        )
        self._check_trace(
            self.group,
            lambda: group.write({"all_user_ids": [Command.link(self.gone.id)]}),
            comers=self.gone,
            leavers=none,
        )
        last = self.env["order.people.change"].search([], limit=1).id
        new = (
            self.env["res.users"]
            .with_user(self.boss)
            .create(
                {
                    "name": "Newcomer",
                    "login": "opc_newcomer",
                    "group_ids": [Command.set([group.id, self.env.ref(INTERNAL).id])],
                }
            )
        )
        self.assertEqual(
            self._lines(self.group, last).mapped("new_value"), ["Newcomer"]
        )
        new.unlink()
        self.assertEqual(self._lines(self.group, last)[:1].old_value, "Newcomer")

    def test_other_groups_leave_no_trace(self):
        last = self.env["order.people.change"].search([], limit=1).id
        self.wider.user_ids = [Command.link(self.gone.id)]
        self.gone.with_user(self.boss).write({"email": "x@example.com"})
        self.assertFalse(self.env["order.people.change"].search([("id", ">", last)]))

    def test_a_group_that_signs_is_not_deleted(self):
        quiet = mute_logger("odoo.sql_db")
        with quiet, self.assertRaises(IntegrityError), self.cr.savepoint():
            self.group.with_user(self.boss).unlink()
        self.assertTrue(self.group.exists())

    def test_lists_are_never_changed(self):
        """Running reviews point to them: another list is made for other people."""
        signers = self.env["order.signer.list"]._get_of(self.gone | self.come)
        with self.assertRaisesRegex(UserError, "never changed"):
            signers.user_ids = [Command.link(self.gm.id)]
        self.assertEqual(signers.user_ids, self.gone | self.come)
