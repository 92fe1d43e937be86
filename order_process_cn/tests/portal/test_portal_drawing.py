import base64
import io

from PIL import Image

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import DEPARTMENTS, OrderCommon


def drawing(colour, size=(40, 20)):
    """Return a picture of one colour, as the page of the customer sends it."""
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode()


@tagged("post_install", "-at_install")
class TestPortalDrawing(HttpCase, OrderCommon):
    """[CFM-1] [SEC-2] what the customer draws in the portal is evidence (K14)."""

    def _make_scene(self):
        self.order_type.requires_return = True
        self.order = self._submit().sudo()
        self._sign(self.order, "sales", *DEPARTMENTS)
        self.review = self.order.review_id

    def _accept(self, signature):
        result = self.make_jsonrpc_request(
            self.order.get_portal_url(suffix="/accept"),
            {"name": "Buyer", "signature": signature},
        )
        self.env.invalidate_all()
        return result

    def _said(self):
        return self.env["order.statement"].search([("order_id", "=", self.order.id)])

    def _found(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.review._find_tampering().get(self.review, "")

    def test_the_drawing_is_kept(self):
        for colour, size in (("red", (40, 20)), ("blue", (3000, 1500))):
            with self.subTest(colour), self.cr.savepoint() as point:
                sent = drawing(colour, size)
                self.assertNotIn("error", self._accept(sent))
                self.assertEqual(self.order.state, "sale")
                kept = self._said().evidence_ids
                self.assertEqual(kept.raw, base64.b64decode(sent))
                self.assertTrue(self.order.signature)
                self.assertFalse(self._found())
                for change in (
                    lambda kept=kept: kept.write({"raw": b"forged"}),
                    kept.unlink,
                ):
                    with self.assertRaisesRegex(UserError, "evidence of a decision"):
                        change()
                point.rollback()
                self.env.invalidate_all()

    def test_an_exchanged_copy_is_found(self):
        self._accept(drawing("red"))
        kept = self._said().evidence_ids
        other = self.env["ir.attachment"].create(
            {"name": "forged", "raw": base64.b64decode(drawing("green"))}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = %s, db_datas = %s, checksum = %s,"
            " file_size = %s WHERE id = %s",
            (
                other.store_fname or None,
                other.db_datas or None,
                other.checksum,
                other.file_size,
                kept.id,
            ),
        )
        self.assertIn("written confirmation", self._found())

    def test_a_lost_copy_is_found(self):
        self._accept(drawing("red"))
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM ir_attachment WHERE id IN %s",
            (tuple(self._said().evidence_ids.ids),),
        )
        self.assertIn("written confirmation", self._found())

    def test_an_exchanged_picture_of_the_order_is_found(self):
        """Paper and page show the picture of the order."""
        self._accept(drawing("red"))
        self.assertFalse(self._found())
        self.order.signature = drawing("green")
        self.assertIn("written confirmation", self._found())

    @mute_logger("odoo.http")
    def test_what_is_no_drawing_is_refused(self):
        for junk in (base64.b64encode(b"no picture").decode(), "%%%", 7, [1]):
            with self.subTest(junk):
                self.assertIn("error", self._accept(junk) or {})
                self.assertFalse(self._said())
                self.assertFalse(self.order.signature)
                self.assertEqual(self.order.state, "draft")
        self.env["ir.config_parameter"].set_param("order_process_cn.drawing_max_kb", 1)
        noise = base64.b64encode(
            base64.b64decode(drawing("red")) + b"\0" * 2048
        ).decode()
        self.assertIn("larger than 1 KB", self._accept(noise)["error"])
        self.assertFalse(self._said())
