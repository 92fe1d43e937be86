from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ...models.production.mrp_production_fact_table import LINE_FACTS
from ..road import undone
from ..sale_review.test_fact_schema import dependencies, stored_fields
from .production_common import SEATS, ProductionCommon


@tagged("post_install", "-at_install")
class TestProductionFacts(ProductionCommon):
    """[MFG-5] [REV-5] what a countersign vouches for is said field by field: what
    changes it closes production again, what core does while producing does not.
    K1, K3, K13."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("order_process_cn.notices", "False")
        cls.screw, cls.rest, cls.other = cls.env["product.product"].create(
            [
                {"name": name, "type": "consu", "is_storable": True}
                for name in ("Screw", "Rest", "Other")
            ]
        )
        cls.bom.write(
            {
                "bom_line_ids": [
                    Command.create({"product_id": cls.screw.id, "product_qty": 0.37})
                ],
                "byproduct_ids": [
                    Command.create({"product_id": cls.rest.id, "product_qty": 1})
                ],
                "operation_ids": [
                    Command.create(
                        {
                            "name": "Paint",
                            "workcenter_id": cls.bom.operation_ids.workcenter_id.id,
                        }
                    )
                ],
            }
        )
        cls.bom.with_user(cls.engineer).action_release()
        cls._put_in_stock(cls.screw)

    def _make_scene(self):
        self.countersigned = self._countersign(self._production())

    def _closed(self, production):
        """It waits for signatures, says why, and every gate is closed."""
        order = production.workorder_ids.filtered(lambda o: o.state != "cancel")[:1]
        for act in (
            lambda: self._rpc(self.worker, order, "write", {"qty_produced": 1}),
            lambda: self._rpc(self.worker, production, "write", {"qty_producing": 1}),
            lambda: self._rpc(self.worker, production, "button_mark_done"),
            lambda: (
                self.env["stock.scrap"]
                .create(
                    {
                        "product_id": self.component.id,
                        "scrap_qty": 1,
                        "production_id": production.id,
                    }
                )
                .action_validate()
            ),
        ):
            with (
                self.assertRaisesRegex(UserError, "Countersigned work order"),
                self.cr.savepoint(),
            ):
                act()

    # -- every field -------------------------------------------------------------------

    def test_every_stored_field_is_decided(self):
        """A fact of a group, part of one, or free with a reason; never both."""
        Production = self.env["mrp.production"]
        vouched = {
            "mrp.production": set(Production._names_in(Production._get_fact_fields())),
            **{model: set(fields) for model, fields in LINE_FACTS.items()},
        }
        ours = dependencies("order_process_cn") | {
            # installed by themselves with these
            "mrp_account",
            "mrp_subcontracting_account",
            "mrp_subcontracting_purchase",
            "purchase_mrp",
            "stock_account",
        }
        for model, free in Production._get_free_fields().items():
            self.assertTrue(all(free.values()))
            stored = stored_fields(self.env[model], ours)
            self.assertFalse(stored - vouched[model] - free.keys(), model)
            self.assertFalse(vouched[model] & free.keys(), model)

    # -- what voids --------------------------------------------------------------------

    def _changes(self):
        """Every kind of change of what was signed, as whoever produces makes it."""
        other = self.other
        unit = self.env.ref("uom.product_uom_dozen")
        location = self.env["stock.location"].search(
            [("usage", "=", "internal"), ("company_id", "=", self.company.id)]
        )

        def line(name):
            return lambda p: p.move_raw_ids.filtered(
                lambda move: move.product_id == self.component
            ).write(name)

        return {
            "less of a component": line({"product_uom_qty": 0.01}),
            "more of a component": line({"product_uom_qty": 21}),
            "another component": line({"product_id": other.id}),
            "by the dozen": line({"product_uom": unit.id}),
            "component cancelled": lambda p: p.move_raw_ids[0]._action_cancel(),
            "component added": lambda p: p.write(
                {
                    "move_raw_ids": [
                        Command.create({"product_id": other.id, "product_uom_qty": 1})
                    ]
                }
            ),
            "by-product": lambda p: p.move_byproduct_ids.write({"product_uom_qty": 1}),
            "operation renamed": lambda p: p.workorder_ids[0].write({"name": "Glue"}),
            "operation added": lambda p: p.write(
                {
                    "workorder_ids": [
                        Command.create(
                            {
                                "name": "Pack",
                                "workcenter_id": p.workorder_ids.workcenter_id.id,
                            }
                        )
                    ]
                }
            ),
            "operation cancelled": lambda p: p.workorder_ids[0].action_cancel(),
            "operation removed": lambda p: p.workorder_ids[0].sudo().unlink(),
            "operations turned round": lambda p: p.workorder_ids[0].write(
                {"sequence": 99}
            ),
            "unit": lambda p: p.write({"product_uom_id": unit.id}),
            "deadline": lambda p: p.write({"date_deadline": "2031-01-01"}),
            "where to": lambda p: p.write(
                {"location_dest_id": (location - p.location_dest_id)[:1].id}
            ),
            "subcontractor": lambda p: p.write({"subcontractor_id": self.partner.id}),
            "size": lambda p: p.write({"product_qty": 10.5}),
        }

    def test_what_changes_closes_production(self):
        for name, change in self._changes().items():
            with self.subTest(name), undone(self.env):
                production = self.countersigned
                change(production.with_user(self.worker))
                self._end_of_transaction()
                self.assertEqual(production.review_state, "running")
                told = production.sudo().review_id.signature_ids.filtered(
                    lambda record: record.act == "change"
                )
                self.assertTrue(told)
                for record in told:
                    for fact in record.details["changes"]:
                        self.assertTrue(production.sudo().review_id._spell_change(fact))
                self._closed(production)
                self._sign(production, *SEATS)
                self.assertFalse(production._find_review_gaps())

    def test_on_a_part_that_was_split_off(self):
        """A backorder is vouched for by the review of the order it comes from."""
        production = self.countersigned
        production._split_productions({production: [4, 6]})
        self._end_of_transaction()
        self.assertEqual(production.review_state, "approved")
        backorder = production.production_group_id.production_ids - production
        self.env.cr.precommit.data.clear()
        backorder.move_raw_ids[0].with_user(self.worker).product_uom_qty = 0.01
        self._end_of_transaction()
        self.assertEqual(production.review_state, "running")
        self._closed(backorder)
        self._sign(production, *SEATS)
        self.assertFalse(backorder._find_review_gaps())

    def test_more_is_made_than_was_signed(self):
        """[K1] the quantity is a ceiling of what is made, not of what was planned."""
        production = self.countersigned
        with (
            self.assertRaisesRegex(UserError, "signed again"),
            self.cr.savepoint(),
        ):
            self._rpc(self.worker, production, "write", {"qty_producing": 1000})
        self._rpc(self.worker, production, "write", {"qty_producing": 5})
        with (
            self.assertRaisesRegex(UserError, "signed again"),
            self.cr.savepoint(),
        ):
            self._rpc(self.worker, production, "write", {"qty_producing": 1000})

    # -- what does not -----------------------------------------------------------------

    def _holds(self, *productions):
        self._end_of_transaction()
        for production in productions:
            self.assertFalse(production.sudo()._find_review_gaps())
            review = next(iter(production.sudo()._get_standing_reviews().values()))
            self.assertEqual(review.state, "approved")

    def _backorder(self, production, made):
        form = Form(production.with_user(self.worker))
        form.qty_producing = made
        form.save()
        production.with_user(self.worker).with_context(
            skip_backorder=True, mo_ids_to_backorder=production.ids
        ).button_mark_done()
        self.assertEqual(production.state, "done")
        family = production.production_group_id.production_ids
        return family.filtered(lambda part: part.state == "confirmed")

    def test_partial_production(self):
        """In three parts that do not divide evenly, one of them by operation."""
        production = self.countersigned
        self._holds(production)
        second = self._backorder(production, 3)
        self._holds(production, second)
        order = second.workorder_ids[0].with_user(self.worker)
        order.button_start()
        self._holds(second)
        third = self._backorder(second, 3.3)
        self._holds(production, second, third)
        third.with_user(self.worker).button_mark_done()
        self.assertEqual(third.state, "done")
        self._holds(production, second, third)

    def test_execution(self):
        """Planning, reserving, another workcenter, time, consumption, dates."""
        production = self.countersigned
        as_worker = production.with_user(self.worker)
        other = production.workorder_ids.workcenter_id.sudo().copy()
        for act in (
            as_worker.action_assign,
            as_worker.button_plan,
            as_worker.button_unplan,
            lambda: as_worker.write({"date_start": "2030-01-01", "priority": "1"}),
            lambda: as_worker.workorder_ids[0].write({"workcenter_id": other.id}),
            lambda: as_worker.workorder_ids[0].write({"duration": 60}),
            as_worker.do_unreserve,
            lambda: as_worker.write({"qty_producing": 10}),
            lambda: as_worker.move_raw_ids[0].write({"quantity": 19, "picked": True}),
        ):
            act()
            self._holds(production)
        as_worker.with_context(skip_consumption=True).button_mark_done()
        self.assertEqual(production.state, "done")
        self._holds(production)

    def test_component_that_was_not_needed(self):
        """Core cancels what was not taken; the rest goes on."""
        production = self.countersigned
        form = Form(production.with_user(self.worker))
        form.qty_producing = 4
        form.save()
        production.move_raw_ids[1].write({"quantity": 0, "picked": False})
        production.with_context(
            skip_backorder=True,
            skip_consumption=True,
            mo_ids_to_backorder=production.ids,
        ).button_mark_done()
        backorder = production.production_group_id.production_ids - production
        self._holds(production, backorder)

    def test_smaller_and_back(self):
        production = self.countersigned
        for quantity in (7, 3, 9, 10):
            self.env["change.production.qty"].create(
                {"mo_id": production.id, "product_qty": quantity}
            ).change_prod_qty()
            self._holds(production)

    def test_unbuild(self):
        production = self.countersigned
        production.with_user(self.worker).button_mark_done()
        unbuild = self.env["mrp.unbuild"].create(
            {
                "mo_id": production.id,
                "product_id": self.pump.id,
                "product_qty": 2,
            }
        )
        unbuild.action_validate()
        self.assertEqual(unbuild.state, "done")
        self._holds(production)

    def test_cancelling(self):
        """Before and after the countersign; nothing of it is a start."""
        for signed in (False, True):
            with self.subTest(signed=signed):
                production = self._production()
                if signed:
                    self._countersign(production)
                self._rpc(self.worker, production, "action_cancel")
                self.assertEqual(production.state, "cancel")

    # -- content -----------------------------------------------------------------------

    def test_content_behind_it(self):
        """A product or component that is called otherwise, seen by the worker: who has
        to sign can sign."""
        for product in (self.pump, self.component, self.rest):
            with self.subTest(product.name), undone(self.env):
                production = self.countersigned
                product.name = f"{product.name} of another kind"
                self.assertIn(
                    "signed again", str(production.sudo()._find_review_gaps())
                )
                self._run_worker()
                self.assertEqual(production.review_state, "running")
                self._sign(production, *SEATS)
                self._holds(production)

    def test_precision(self):
        production = self.countersigned
        precision = self.env["decimal.precision"].search([])
        for record in precision:
            record.digits += 1
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        self._holds(production)
        # what is finer than two digits counts, where the unit counts it
        grown = production.move_raw_ids[0]
        grown.product_uom_qty += 0.004
        self.assertTrue(production.sudo()._find_review_gaps())

    def test_ceiling_is_as_fine_as_the_unit(self):
        """Not two digits, whatever the unit counts."""
        self.env["decimal.precision"].search([("name", "=", "Product Unit")]).digits = 4
        self.env.registry.clear_cache()
        production = self.countersigned
        self.env.invalidate_all()
        production.product_qty = 10.004
        self.assertIn("signed again", str(production.sudo()._find_review_gaps()))

    def test_saving_a_finished_order(self):
        """K2: what is called otherwise since asks nobody about it again."""
        production = self.countersigned
        self._rpc(self.worker, production, "button_mark_done")
        self.assertEqual(production.state, "done")
        (self.component | self.pump).write({"name": "Called Otherwise"})
        self._run_worker()
        production.sudo().origin = "Filed"
        self._end_of_transaction()
        self.assertEqual(production.review_state, "approved")

    def test_a_part_is_still_to_be_made(self):
        """K2: the order that vouches for it is done; whoever has to sign its part can
        sign."""
        production = self.countersigned
        production._split_productions({production: [4, 6]})
        self._end_of_transaction()
        self._rpc(self.worker, production, "button_mark_done")
        backorder = production.production_group_id.production_ids - production
        self.assertEqual((production.state, backorder.state), ("done", "confirmed"))
        self.pump.name = "Called Otherwise"
        self.assertIn("signed again", str(backorder.sudo()._find_review_gaps()))
        backorder.sudo().origin = "Filed"
        self._end_of_transaction()
        self.assertEqual(production.review_state, "running")
        self._sign(production, *SEATS)
        self.assertFalse(backorder.sudo()._find_review_gaps())

    def test_merged_subcontractor(self):
        first = self.partner.copy({"name": "A", "is_company": True})
        same = first.copy({"name": "A"})
        production = self._production()
        production.subcontractor_id = first
        self._countersign(production)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (first + same).ids, same, extra_checks=False
        )
        self.env.invalidate_all()
        self._run_worker()
        self.assertEqual(production.subcontractor_id, same)
        self._holds(production)

    def test_signatures_of_the_first_version(self):
        """Facts without a schema, with two digits, hold and void as they did."""
        production = self._production()
        facts = production.sudo()._collect_review_facts()[production.sudo()]
        first = {
            "document": {
                key: facts["document"][key] for key in ("product_id", "company_id")
            },
            "product": {
                key: value if key == "bom_id" else f"{float(value):.2f}"
                for key, value in facts["product"].items()
                if key == "bom_id" or key.count("/") == 1 and key[0] == "c"
            },
            "quantity": {"product_qty": "10.00"},
            "dates": facts["dates"],
        }
        Production = self.env.registry["mrp.production"]
        with (
            patch.object(
                Production,
                "_collect_review_facts",
                lambda productions, _known=None: dict.fromkeys(productions, first),
            ),
            patch.object(Production, "_facts_known_to", lambda _p, _r, facts: facts),
        ):
            self._countersign(production)
        self.assertNotIn("schema", production.sudo().review_id.facts)
        self._holds(production)
        production.move_raw_ids[0].product_uom_qty = 0.01
        self.assertIn("signed again", str(production.sudo()._find_review_gaps()))
