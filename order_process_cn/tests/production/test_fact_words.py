from odoo.tests import tagged

from .production_common import ProductionCommon


@tagged("post_install", "-at_install")
class TestFactWords(ProductionCommon):
    """[MFG-5] what changed of a production order is said in words that its signers
    read."""

    def _say(self, key, value):
        production = self._production()
        return (
            production._describe_fact(key),
            production._describe_fact_value(key, value),
        )

    def test_words(self):
        kind = self.env["stock.picking.type"].search([], limit=1)
        component = self.component
        for key, value, words in (
            ("product_qty", "12000", ("Quantity To Produce", "12,000")),
            ("date_deadline", "2030-05-01 08:00:00", ("Deadline", "2030-05-01")),
            ("picking_type_id", kind.id, ("Operation Type", kind.display_name)),
            ("picking_type_id", 0, ("Operation Type", "(none)")),
            ("product_id.name", "Pump", ("Product", "Pump")),
            ("product_id.name", "", ("Product", "(none)")),
            ("workorder_ids", "Paint\nPack", ("Work Orders", "Paint, Pack")),
            ("workorder_ids", "", ("Work Orders", "(none)")),
            (f"component/{component.id}", "3.5", (component.display_name, "3.5")),
            (f"component/{component.id}", None, (component.display_name, "(none)")),
            (
                f"byproduct/{component.id}/name",
                "[R1] Rest",
                (f"By-product {component.display_name}: name", "[R1] Rest"),
            ),
            ("component/0", "1", ("removed component", "1")),
        ):
            with self.subTest(key=key, value=value):
                label, told = self._say(key, value)
                self.assertEqual(label, words[0])
                self.assertEqual(told.split(" 08:")[0], words[1])
