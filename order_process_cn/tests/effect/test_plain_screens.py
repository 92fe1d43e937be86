from lxml import etree

from odoo.tests import tagged

from .test_effect import EffectCommon


@tagged("post_install", "-at_install")
class TestPlainScreens(EffectCommon):
    """[CFM-3] [DEP-3] [PLN-5] lists and forms show what their reader decides with.
    K11"""

    def _arch(self, user, model, kind, view=False):
        models = self.env[model].with_user(user)
        return etree.fromstring(models.get_view(view and view.id, kind)["arch"])

    def test_what_is_confirmed_in_writing(self):
        """The list of engineering and purchasing has no column of prices or invoices,
        and says what the order waits for."""
        action = self.env.ref("order_process_cn.order_action_statements")
        views = dict((kind, view) for view, kind in action._get_action_dict()["views"])
        view = self.env["ir.ui.view"].browse(views["list"])
        arch = self._arch(self.signers["engineering"], "sale.order", "list", view)
        shown = {field.get("name") for field in arch.iter("field")}
        self.assertLessEqual({"name", "wanted_date", "effect_waiting_text"}, shown)
        self.assertFalse(shown & {"amount_total", "amount_untaxed", "invoice_status"})

    def test_reasons_have_a_label(self):
        """What was given as a reason is called one after it was typed."""
        for model in ("order.forfeiture", "order.reallocation"):
            arch = self._arch(self.administrator, model, "form")
            with self.subTest(model):
                self.assertTrue(arch.xpath("//sheet//group/field[@name='reason']"))
