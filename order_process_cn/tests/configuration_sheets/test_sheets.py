from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import OrderCommon
from ..signing.test_arguments import PICTURE

MODELS = ("order.configuration.row", "order.sample", "order.accessory")
PAPERS = ("F02", "F27", "F28")


@tagged("post_install", "-at_install")
class TestSheets(OrderCommon):
    """[CFM-7] P26: configuration sheet, samples and accessories of an order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stocker = cls._user("stocker", "stock.group_stock_user")
        cls.rival = cls._user("rival", "sales_team.group_sale_salesman")
        cls.order_type.asks_configuration_sheet = True
        # one seat is enough to see what a signature vouches for
        cls.route.stage_ids[1:].unlink()
        cls.order = cls._configured()

    @classmethod
    def _configured(cls):
        order = cls._order(special_requirements="Blue", lines=2)
        for line in order.order_line:
            line.configuration_row_ids = [
                Command.create({"name": "Motor", "value": "7.5 kW"}),
                Command.create({"name": "Seal", "value": "SiC", "remark": "double"}),
            ]
        order.sample_ids = [
            Command.create({"name": "Casing", "configuration": "PN16"}),
        ]
        order.accessory_ids = [
            Command.create({"name": "Flange", "quantity": 4, "packing_way": "wrapped"}),
        ]
        return order

    def _issued(self, order):
        issues = self.env["order.form.issue"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        return {
            code: len(issues.filtered(lambda i, code=code: i.form_id.code == code))
            for code in PAPERS
        }

    def _texts(self, paper, order, user=None):
        """Return all that stands on a paper, and the pictures on it."""
        order = order.with_user(user or self.salesman)
        blocks = self.env[f"order.paper.{paper}"].with_env(order.env)._get_blocks(order)
        texts, pictures = [], []
        for block in blocks:
            for row in block.rows:
                if block.kind == "facts":
                    texts += [text for _label, own in row for text in own]
                else:
                    cells = row.cells if block.kind == "table" else [c for _l, c in row]
                    texts += [text for cell in cells for text in cell.texts]
                    pictures += [cell.picture for cell in cells if cell.picture]
        return texts, pictures

    def test_asked_of_its_type_only(self):
        """[CFM-7] a line without configuration is missing something; of another type
        nothing is asked, shown or handed out, and no query is spent."""
        self.order.order_line[1].configuration_row_ids.unlink()
        with self.assertRaisesRegex(UserError, "the configuration of"):
            self._rpc(self.salesman, self.order, "action_review_submit")
        self.order_type.asks_configuration_sheet = False
        order = self._order()
        self.env["order.type"]._ids_with_sheets()
        with self.assertQueryCount(0):
            self.assertFalse(order.has_sheets)
        self._submit(order)
        self._sign(order, "sales")
        self.assertEqual(order.review_state, "approved")
        self.assertEqual(self._issued(order), dict.fromkeys(PAPERS, 0))

    def test_approved_and_handed_out(self):
        """[CFM-7] the copies go out when the order is approved: F02 to six, the lists
        of samples and accessories to two, and only where something is listed."""
        self.order.accessory_ids.unlink()
        self._submit(self.order)
        self.assertEqual(self._issued(self.order), dict.fromkeys(PAPERS, 0))
        self._sign(self.order, "sales")
        self.assertEqual(self.order.review_state, "approved")
        self.assertEqual(self._issued(self.order), {"F02": 6, "F27": 2, "F28": 0})
        issue = self.env["order.form.issue"].search(
            [
                ("res_id", "=", self.order.id),
                ("department_id", "=", self.departments["engineering"].id),
            ]
        )
        self._rpc(self.signers["engineering"], issue, "action_acknowledge")
        self.assertEqual(issue.acknowledged_by_id, self.signers["engineering"])

    def test_signatures_vouch_for_it(self):
        """[REV-5] whatever of it is entered; what a keeper notes asks nobody anew."""
        order = self._submit(self.order)
        self._sign(order, "sales")
        notes = {
            "sample": lambda: order.sample_ids.with_user(self.stocker).write(
                {"photo": PICTURE, "kept_at": "Shelf 3", "keeper_id": self.stocker.id}
            ),
            "accessory": lambda: order.accessory_ids.with_user(self.stocker).write(
                {"prepared_on": "2030-05-01", "packed_on": "2030-05-02"}
            ),
        }
        for name, note in notes.items():
            with self.subTest(name):
                note()
                self._end_of_transaction()
                self.assertEqual(order.review_state, "approved")
        row = order.order_line[0].configuration_row_ids[:1]
        edits = {
            "value": lambda: row.write({"value": "11 kW"}),
            "one more": lambda: row.copy({"name": "Colour"}),
            "one less": lambda: row.unlink(),
            "sample": lambda: order.sample_ids.write({"configuration": "PN25"}),
            "accessory": lambda: order.accessory_ids.write({"quantity": 5}),
            "packing": lambda: order.accessory_ids.write({"packing_way": "boxed"}),
        }
        for name, edit in edits.items():
            with self.subTest(name), self.cr.savepoint() as savepoint:
                edit()
                self._end_of_transaction()
                self.assertEqual(order.review_state, "running")
                self.assertIn(order, order.sudo()._find_review_gaps())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_orders_know_of_their_sheets(self):
        """[REV-5] K3: each kind by itself is vouched for from the first row on; that
        there is none is said by the engine, whoever says otherwise."""
        rows = {
            "configuration_row_ids.sheet": lambda order: order.order_line.write(
                {
                    "configuration_row_ids": [
                        Command.create({"name": "Motor", "value": "1"})
                    ]
                }
            ),
            "sample_ids.list": lambda order: order.write(
                {"sample_ids": [Command.create({"name": "A", "configuration": "B"})]}
            ),
            "accessory_ids.list": lambda order: order.write(
                {"accessory_ids": [Command.create({"name": "Key"})]}
            ),
        }
        for name, enter in rows.items():
            with self.subTest(name):
                order = self._order()
                before = self._facts_named(order, name)
                self.assertEqual(set(before), {""})
                self.assertFalse(order.has_sheet_rows)
                enter(order)
                self.assertTrue(order.has_sheet_rows)
                self.assertNotIn("", self._facts_named(order, name))
                with self.assertRaises(AccessError):
                    self._rpc(self.salesman, order, "write", {"has_sheet_rows": False})
                # what an order of an earlier version did not note
                order.sudo().has_sheet_rows = False
                self.env.flush_all()
                for model in MODELS:
                    self.env[model]._note_rows()
                order.invalidate_recordset(["has_sheet_rows"])
                self.assertTrue(order.has_sheet_rows)
        with self.assertRaises(AccessError):
            vals = {"partner_id": self.partner.id, "has_sheet_rows": True}
            self._rpc(self.salesman, self.env["sale.order"], "create", [vals])
        # a line takes its configuration along
        to = self._order()
        self.order.order_line[0].order_id = to
        self.assertTrue(to.has_sheet_rows)
        sheets = self._facts_named(to, "configuration_row_ids.sheet")
        self.assertEqual(sorted(map(bool, sheets)), [False, True])

    def _facts_named(self, order, name):
        """Return what the facts of an order say under ``name``, line by line."""
        facts = order.sudo()._collect_review_facts()[order]
        return [
            value
            for group in facts.values()
            for key, value in group.items()
            if key.rpartition("/")[2] == name
        ]

    def test_who_enters_it(self):
        """[SEC-1] whoever may change the order, while it changes; the warehouse notes
        what it keeps and nothing else; nobody writes what follows."""
        order = self.order
        line, sample = order.order_line[:1], order.sample_ids
        values = {
            "order.configuration.row": {
                "order_line_id": line.id,
                "name": "Colour",
                "value": "Blue",
            },
            "order.sample": {
                "order_id": order.id,
                "name": "Base",
                "configuration": "60 mm",
            },
            "order.accessory": {"order_id": order.id, "name": "Key"},
        }
        for model, vals in values.items():
            for user in (self.stocker, self.rival, self.signers["quality"]):
                with self.subTest(model, user=user.login), self.cr.savepoint():
                    with self.assertRaises(AccessError):
                        self._rpc(user, self.env[model], "create", [vals])
            rows = self.env[model].browse(
                self._rpc(self.salesman, self.env[model], "create", [vals])
            )
            self.assertEqual(rows.order_id, order)
            self.assertEqual(rows.company_id, self.company)
            for user, names in (
                (self.stocker, {"name": "x"}),
                (self.rival, {"name": "x"}),
                (self.salesman, {"order_id": self._order().id}),
                (self.salesman, {"company_id": False}),
            ):
                with self.subTest(model, user=user.login), self.cr.savepoint():
                    with self.assertRaises(AccessError):
                        self._rpc(user, rows, "write", names)
            with self.assertRaises(AccessError):
                self._rpc(self.stocker, rows, "unlink")
        # a client that names another order than that of the line
        vals = {**values["order.configuration.row"], "order_id": self._order().id}
        row = self.env["order.configuration.row"].with_user(self.salesman).create(vals)
        self.assertEqual(row.order_id, order)
        with self.assertRaises(ValidationError):
            note = order.order_line.create(
                {"order_id": order.id, "display_type": "line_note", "name": "Note"}
            )
            row.copy({"order_line_id": note.id})
        order.sudo().locked = True
        with self.assertRaisesRegex(UserError, "sheets stay as they are"):
            sample.with_user(self.salesman).write({"configuration": "PN40"})
        with self.assertRaisesRegex(UserError, "sheets stay as they are"):
            sample.with_user(self.salesman).unlink()
        # goods are made already, and the sample comes back
        self._rpc(self.stocker, sample, "write", {"returned_on": "2030-05-01"})

    def test_a_rule_for_changing_orders_holds(self):
        """[CHG-4] whoever changes a sheet changes the order."""
        self.env["order.edit.rule"].create(
            {"name": "Settled", "from_stage": "review", "mode": "never"}
        )
        self._submit(self.order)
        self._end_of_transaction()
        for change in (
            lambda: self.order.accessory_ids.write({"packing_way": "boxed"}),
            lambda: self.order.order_line[0].configuration_row_ids[:1].unlink(),
            lambda: self.order.sample_ids.copy(),
        ):
            with self.assertRaisesRegex(UserError, "Settled"), self.cr.savepoint():
                change()
                self._end_of_transaction()
            self.cr.precommit.clear()
            self.env.invalidate_all()

    def test_a_copy_keeps_what_is_made(self):
        """[CFM-7] a further order is made and packed alike; the sample is not there."""
        accessory = self.order.accessory_ids
        accessory.order_line_id = self.order.order_line[0]
        copy = self.order.copy()
        self.assertFalse(copy.accessory_ids.order_line_id)
        for row in (accessory, self.order.sample_ids):
            with self.assertRaisesRegex(UserError, "same order"), self.cr.savepoint():
                row.order_line_id = copy.order_line[0]
        self.assertEqual(
            copy.order_line.configuration_row_ids.mapped("value"),
            ["7.5 kW", "SiC", "7.5 kW", "SiC"],
        )
        self.assertEqual(copy.configuration_row_ids.order_id, copy)
        self.assertEqual(copy.accessory_ids.mapped("packing_way"), ["wrapped"])
        self.assertFalse(copy.sample_ids)
        self.assertEqual(len(self.order.accessory_ids), 1)

    def test_entered_in_the_form(self):
        """[CFM-7] as sales enters it; an article of ours brings name and unit."""
        order = self._order()
        self.assertTrue(order.has_sheets)
        with Form(order) as form:
            with form.configuration_row_ids.new() as row:
                row.order_line_id = order.order_line
                row.name, row.value = "Motor", "7.5 kW"
            with form.accessory_ids.new() as row:
                row.product_id = self.product
        self.assertEqual(order.order_line.configuration_row_ids.name, "Motor")
        self.assertRecordValues(
            order.accessory_ids,
            [{"name": self.product.name, "product_uom_id": self.product.uom_id.id}],
        )

    def test_what_the_papers_say(self):
        """[FRM-1] F02, F27, F28 and F29."""
        order = self._submit(self.order)
        self._sign(order, "sales")
        order.sample_ids.with_user(self.stocker).write(
            {"photo": PICTURE, "kept_at": "Shelf 3", "keeper_id": self.stocker.id}
        )
        self.partner.ref = "C-077"
        texts, _none = self._texts("f02", order)
        for words in ("C-077", "DN50", "Motor", "7.5 kW", "double", "Blue"):
            self.assertIn(words, texts)
        self.assertIn(self.supervisor.name, texts)
        texts, pictures = self._texts("f27", order, self.stocker)
        self.assertTrue({"PN16", "Shelf 3", self.stocker.name} <= set(texts))
        self.assertEqual(len(pictures), 1)
        texts, _none = self._texts("f28", order, self.stocker)
        self.assertTrue({"Flange", "4 Units", "wrapped"} <= set(texts))
        self.product.brand_name = "Yongquan"
        self.product.default_code = "IH65"
        texts, _none = self._texts("f29", order)
        for words in ("Yongquan", "IH65", "100.00", self.supervisor.name):
            self.assertIn(words, texts)
        with self.assertRaises(AccessError):
            self.env["order.paper.f29"].with_user(self.stocker)._check_may_print(
                order.with_user(self.stocker)
            )
