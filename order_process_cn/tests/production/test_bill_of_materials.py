from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .production_common import SEATS, ProductionCommon


@tagged("post_install", "-at_install")
class TestBillOfMaterials(ProductionCommon):
    """[MFG-5] a production order is made by what engineering has released and those who
    signed have seen: a bill of materials that is chosen, taken over or edited after the
    signatures. K1, K2, K3."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seal = cls.env["product.product"].create(
            {"name": "Seal", "type": "consu", "is_storable": True}
        )
        cls.clerk = cls._user("bom_clerk", "order_process_cn.order_group_registrar")
        cls.workcenter = cls.bom.operation_ids.workcenter_id
        cls.bom.sequence = 1
        cls.bom.with_user(cls.engineer).action_release()
        cls.other = cls.env["mrp.bom"].create(
            {
                "code": "Special",
                "sequence": 9,
                "product_tmpl_id": cls.pump.product_tmpl_id.id,
                "bom_line_ids": [
                    Command.create({"product_id": cls.seal.id, "product_qty": 3})
                ],
            }
        )

    # -- roads -------------------------------------------------------------------------

    def _write(self, **values):
        return lambda p: self._rpc(self.worker, p, "write", values)

    def _edit(self):
        (line,) = self.bom.bom_line_ids
        self.bom.bom_line_ids = [Command.update(line.id, {"product_qty": 5})]

    def _update(self, production):
        self._edit()
        self._rpc(self.worker, production, "action_update_bom")

    def _add_byproduct(self, production):
        rest = {"product_id": self.seal.id, "product_qty": 1}
        self.bom.byproduct_ids = [Command.create(rest)]
        self._rpc(self.worker, production, "action_update_bom")

    def _generate(self, production):
        """As the button that makes a bill of materials from an order."""
        lines = [Command.create({"product_id": self.seal.id, "product_qty": 7})]
        values = {"product_tmpl_id": self.pump.product_tmpl_id.id}
        values["bom_line_ids"] = lines
        self._rpc(
            self.engineer,
            self.env["mrp.bom"],
            "create",
            [values],
            context={"parent_production_id": production.id},
        )

    def _make_less(self, production):
        self._edit()
        self._write(product_qty=9)(production)

    def _roads(self):
        """Every way by which a signed order comes to be made by what engineering has
        not released, and whether the order was confirmed before."""
        chosen = self._write(bom_id=self.other.id)
        return {
            "chosen": (True, chosen),
            "chosen for a draft": (False, chosen),
            "taken away": (True, self._write(bom_id=False)),
            "updated": (True, self._update),
            "by-product": (True, self._add_byproduct),
            "made from it": (True, self._generate),
            # core works a draft out anew
            "draft of another size": (False, self._make_less),
        }

    # -- what is looked at -------------------------------------------------------------

    def _agreeing_is_refused(self, production, reason):
        """To whoever signs, and to the clerk who has his signature on paper; whoever
        does not agree may say so."""
        (seat,) = production.with_user(self.signers["planning"])._my_open_tasks()
        planner = self.signers["planning"]
        with self.assertRaisesRegex(UserError, reason), self.cr.savepoint():
            self._sign(production, "planning")
        with self.assertRaisesRegex(UserError, reason), self.cr.savepoint():
            files = self.env["ir.attachment"].with_user(self.clerk)
            scan = files.create({"name": "scan.png", "raw": b"scan"})
            seat.with_user(self.clerk).action_register(
                "agree", planner.id, "paper", scan.ids
            )
        with self.cr.savepoint() as undone:
            self._sign(production, "planning", decision="decline", opinion="no")
            self.assertEqual(production.review_state, "declined")
            undone.rollback()
        self.env.invalidate_all()

    def _waits(self, production, *codes):
        shown = production.sudo().order_checklist["conditions"]
        missing = {condition["code"] for condition in shown if not condition["met"]}
        self.assertEqual(missing, {*codes})
        if not codes:
            return
        with self.assertRaisesRegex(UserError, "has to wait"), self.cr.savepoint():
            self._rpc(self.worker, production, "write", {"qty_producing": 1})

    def _sign_again(self, *productions):
        self._end_of_transaction()
        self.assertEqual(productions[0].review_state, "running")
        self._sign(productions[0], *SEATS)
        for production in productions:
            self.assertFalse(production.sudo()._find_review_gaps())

    # -- tests -------------------------------------------------------------------------

    def test_kits_below(self):
        """What kits are taken apart into belongs to what is released, on every level
        and whichever way it changes."""
        kit, part = self.env["product.product"].create(
            [{"name": name, "type": "consu"} for name in ("Kit", "Kit of the kit")]
        )

        def make(product, below, **values):
            return self.env["mrp.bom"].create(
                {
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "type": "phantom",
                    "bom_line_ids": [Command.create({"product_id": below.id})],
                    **values,
                }
            )

        inner = make(part, self.seal, product_id=part.id)
        outer = make(kit, part)
        self.other.bom_line_ids = [Command.create({"product_id": kit.id})]
        spare = make(part, self.component, sequence=99)
        ways = {
            "component": lambda: inner.bom_line_ids.write({"product_qty": 2}),
            "further component": lambda: outer.write(
                {"bom_line_ids": [Command.create({"product_id": self.component.id})]}
            ),
            "quantity": lambda: self._rpc(
                self.engineer, inner, "write", {"product_qty": 4}
            ),
            "made instead": lambda: outer.write({"type": "normal"}),
            "taken apart again": lambda: outer.write({"type": "phantom"}),
            "another one first": lambda: spare.write({"sequence": -1}),
            "another one made": lambda: make(kit, self.seal, sequence=-5),
            "put away": lambda: spare.action_archive(),
            "deleted": lambda: self._rpc(self.engineer, spare, "unlink"),
        }
        self.bom.with_user(self.engineer).action_release()
        for name, change in ways.items():
            with self.subTest(name):
                self.other.with_user(self.engineer).action_release()
                change()
                self.assertFalse(self.other.is_released)
                self.assertTrue(self.bom.is_released)

    def test_what_engineering_has_not_released(self):
        """It is not signed again before it is released, and not made before that."""
        for name, (confirm, road) in self._roads().items():
            with self.subTest(name), self.cr.savepoint() as undone:
                production = self._countersign(self._production(confirm=confirm))
                road(production)
                self._end_of_transaction()
                self.assertEqual(production.review_state, "running")
                self._waits(production, "bom", "countersign")
                reason = "engineering has(| not) released"
                self._agreeing_is_refused(production, reason)
                if not production.bom_id:
                    production.bom_id = self.bom
                production.bom_id.with_user(self.engineer).action_release()
                self._sign_again(production)
                self._waits(production)
                undone.rollback()
            self.env.cr.precommit.data.clear()
            self.env.invalidate_all()

    def test_edited_and_not_taken_over(self):
        """What was signed goes on as it was signed; what is being signed waits, and so
        does what is handed in."""
        signed = self._countersign(self._production())
        running, late = self._production(), self._production()
        self._rpc(self.worker, running, "action_review_submit")
        self._sign(running, "sales")
        self._edit()
        self._end_of_transaction()
        self.assertEqual((signed.review_state, signed.is_outdated_bom), ("approved", 1))
        self._waits(signed)
        self._waits(running, "bom", "countersign")
        self._agreeing_is_refused(running, "engineering has not released")
        with self.assertRaisesRegex(UserError, "has not released"):
            self._rpc(self.worker, late, "action_review_submit")
        self.bom.with_user(self.engineer).action_release()
        self._sign(running, *SEATS[1:])
        self._waits(running)
        self._rpc(self.worker, signed, "write", {"qty_producing": 10})
        self.assertEqual(signed.move_raw_ids.product_uom_qty, 20)
        self.assertNotEqual(signed.state, "confirmed")

    def test_exchanged_while_it_is_made(self):
        """What is begun is finished as it was signed; the rest may be made by another
        one, which is signed before."""
        self.other.with_user(self.engineer).action_release()
        production = self._countersign(self._production())
        form = Form(production.with_user(self.worker))
        form.qty_producing = 4
        form.save()
        exchange = self._write(bom_id=self.other.id)
        with (
            self.assertRaisesRegex(UserError, "backorder for the rest can be given"),
            self.cr.savepoint(),
        ):
            exchange(production)
        production.with_user(self.worker).with_context(
            skip_backorder=True, mo_ids_to_backorder=production.ids
        ).button_mark_done()
        rest = production.production_group_id.production_ids - production
        exchange(rest)
        self._end_of_transaction()
        with self.assertRaisesRegex(UserError, "Countersigned"), self.cr.savepoint():
            self._rpc(self.worker, rest, "button_mark_done")
        self._sign_again(production, rest)
        self._write(qty_producing=6)(rest)
        self.assertEqual((production.state, rest.state), ("done", "progress"))
        # nobody has signed anything about it
        exchange(production)

    def test_exchanged_on_a_part(self):
        """K2: what changes on a part that was split off opens the seats of the order
        that vouches for it. Each part is made in a way that was signed: the end of one
        is no change for the others, and a third one is."""
        self.other.with_user(self.engineer).action_release()
        paint = {"name": "Paint", "workcenter_id": self.workcenter.id}
        for name, change in {
            "bill of materials": {"bom_id": self.other.id},
            "deadline": {"date_deadline": "2031-01-01"},
            "operation": {"workorder_ids": [Command.create(paint)]},
        }.items():
            with self.subTest(name):
                production = self._countersign(self._production())
                production._split_productions({production: [4, 3, 3]})
                self._end_of_transaction()
                family = production.production_group_id.production_ids
                _first, second, third = family.sorted("id")
                self._write(**change)(second)
                with (
                    self.assertRaisesRegex(UserError, "Countersigned"),
                    self.cr.savepoint(),
                ):
                    self._rpc(self.worker, second, "button_mark_done")
                self._sign_again(production, second, third)
                review = production.sudo().review_id
                acts = review.signature_ids.grouped("act")
                for fact in acts["change"].details["changes"]:
                    self.assertIn(" / ", review._spell_change(fact))
                self._rpc(self.worker, production, "button_mark_done")
                self._end_of_transaction()
                for part in second | third:
                    self.assertFalse(part.sudo()._find_review_gaps())
                self._write(date_deadline="2032-01-01")(third)
                self._sign_again(production, second, third)
