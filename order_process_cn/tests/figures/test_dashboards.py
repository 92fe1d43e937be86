import json

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.spreadsheet.utils.validate_data import (
    fields_in_spreadsheet,
    menus_xml_ids_in_spreadsheet,
)

from ..common import OrderCommon

DASHBOARDS = ("orders", "reviewers", "deliveries", "after_sales")


@tagged("post_install", "-at_install")
class TestDashboards(OrderCommon):
    """[ANA-1] [ANA-5] four dashboards: what they name exists, and who sees them reads
    what they count."""

    def test_dashboards(self):
        """[ANA-1] the pivots are counted with the rights of each who sees the
        dashboard, links and menus lead to the rows, the sample asks for nothing."""
        readers = [
            self._user("board_auditor", "order_process_cn.order_group_auditor"),
            self._user("board_manager", "sales_team.group_sale_manager"),
        ]
        self._submit()
        self.env.flush_all()
        for code in DASHBOARDS:
            board = self.env.ref(f"order_process_cn.spreadsheet_dashboard_{code}")
            with self.subTest(code), self.assertRaises(AccessError):
                board.with_user(self.salesman).check_access("read")
            content = json.loads(board.spreadsheet_data)
            for model, names in fields_in_spreadsheet(content).items():
                with self.subTest(code, model=model):
                    self.assertLessEqual(names, self.env[model]._fields.keys())
            for menu in menus_xml_ids_in_spreadsheet(content):
                self.assertTrue(self.env.ref(menu).action)
            for reader in readers:
                board.with_user(reader).check_access("read")
                for number, pivot in content["pivots"].items():
                    with self.subTest(code, pivot=number, reader=reader.login):
                        model = self.env[pivot["model"]].with_user(reader)
                        model.formatted_read_group(
                            pivot["domain"],
                            [row["fieldName"] for row in pivot["rows"]],
                            [measure["id"] for measure in pivot["measures"]],
                        )
                        chains = pivot["fieldMatching"].values()
                        for chain in (matched["chain"] for matched in chains):
                            self.assertTrue(
                                model._fields[chain]._description_searchable
                            )
            sample = board._get_sample_dashboard()
            self.assertFalse(sample["pivots"])
            self.assertNotIn("PIVOT", json.dumps(sample["sheets"]))
