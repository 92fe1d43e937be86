from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import OrderCommon

PRICE = 7131.13
SIGNED = "Signed"
SECRETS = ("7,131.13", "7131.13", "14,262.26", "14262.26")


@tagged("post_install", "-at_install")
class TestPriceFiles(HttpCase, OrderCommon):
    """[SEC-1] what Sales sent to the customer is no road to prices either, K12."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.closed = (
            cls._user("keeper", "stock.group_stock_user"),
            cls._user("worker", "mrp.group_mrp_user"),
        )
        cls.order = cls._order(price=PRICE)
        cls.order.message_subscribe([user.partner_id.id for user in cls.closed])
        cls.templates = cls.env["mail.template"].search([("model", "=", "sale.order")])

    def setUp(self):
        super().setUp()
        self.enterContext(
            mute_logger(
                "odoo.http",
                "odoo.addons.mail.models.mail_render_mixin",
                "odoo.addons.base.models.ir_rule",
            )
        )

    def _tells(self, *told):
        return any(secret in str(text) for text in told for secret in SECRETS)

    def _send(self, template, mode="comment"):
        """Return the message of a mail that Sales sends to the customer."""
        known = self.order.message_ids
        composer = self.env["mail.compose.message"].with_user(self.supervisor)
        mail = composer.create(
            {
                "composition_mode": mode,
                "model": "sale.order",
                "res_ids": str(self.order.ids),
                "template_id": template.id,
                "auto_delete": False,
            }
        )
        mail.action_send_mail()
        return self.order.message_ids - known

    def test_what_was_sent(self):
        """Neither text nor papers, nor who was told of them."""
        priced = free = 0
        for template in self.templates:
            for mode in ("comment", "mass_mail"):
                sent = self._send(template, mode)
                for user in self.closed:
                    with self.subTest(f"{template.name} {mode} {user.login}"):
                        self._check_hidden(user, sent)
                files = sent.attachment_ids
                if self._tells(*sent.mapped("body"), *files.mapped("raw")):
                    priced += 1
                    told = sent.notified_partner_ids
                    told |= (
                        self.env["mail.mail"]
                        .search([("mail_message_id", "in", sent.ids)])
                        .recipient_ids
                    )
                    self.assertIn(self.partner, told)
                    self.assertFalse(told.user_ids & self._closed())
                else:
                    free += len(
                        sent.with_user(self.closed[0]).search([("id", "in", sent.ids)])
                    )
        self.assertGreater(priced, 4)
        self.assertGreater(free, 0)

    def _closed(self):
        return self.closed[0] | self.closed[1]

    def _check_hidden(self, user, sent):
        messages, files = sent.with_user(user), sent.attachment_ids.with_user(user)
        found = messages.search([("id", "in", sent.ids)])
        self.assertFalse(self._tells(*found.mapped("body"), *found.mapped("subject")))
        readable = files.search([("id", "in", files.ids)])
        of_order = files.search(
            [("res_model", "=", "sale.order"), ("res_id", "=", self.order.id)]
        )
        for file in readable | of_order | files._filtered_access("read"):
            self.assertFalse(self._tells(file.raw))
        for message in messages._filtered_access("read"):
            self.assertFalse(self._tells(message.body))

    def test_through_the_screen(self):
        """The chatter opens, without what is closed; addresses of files are refused."""
        self._send(
            self.templates.filtered(
                lambda t: "F01" in str(t.report_template_ids.mapped("name"))
            )[:1]
        )
        paper = self.order.message_ids.attachment_ids
        self.assertTrue(self._tells(*paper.mapped("raw")))
        drawing = self.env["ir.attachment"].create(
            {
                "name": "drawing.pdf",
                "raw": b"%PDF drawing",
                "res_model": "sale.order",
                "res_id": self.order.id,
            }
        )
        thread = {"thread_model": "sale.order", "thread_id": self.order.id}
        asked = ["mail.thread", {**thread, "request_list": ["attachments"]}]
        routes = {
            "/mail/thread/messages": thread,
            "/mail/data": {"fetch_params": [asked]},
        }
        for user in self.closed:
            self.authenticate(user.login, user.login)
            for route, params in routes.items():
                answer = self.url_open(route, json={"params": params})
                self.assertEqual(answer.status_code, 200, f"{user.login} {route}")
                data = answer.json()["result"]
                data = data.get("data", data)
                files = {file["id"] for file in data.get("ir.attachment", ())}
                self.assertFalse(files & {*paper.ids})
                self.assertFalse(self._tells(answer.text))
            self.assertIn(drawing.id, files)
            self.assertNotEqual(self._fetch(paper[0]).status_code, 200)
            self.assertEqual(self._fetch(drawing).status_code, 200)

    def _fetch(self, file):
        return self.url_open(f"/web/content/{file.id}")

    def test_papers_that_are_kept(self):
        """A report that keeps its PDF, and what the customer signs in the portal."""
        report = self.env.ref("sale.action_report_saleorder")
        report.attachment = "object.name + '.pdf'"
        instruction = self.env.ref(
            "order_process_cn.report_f05_production_instruction_action"
        )
        content, _kind = report._render_qweb_pdf(report.id, self.order.ids)
        harmless, _kind = instruction._render_qweb_pdf(instruction.id, self.order.ids)
        message = self.order.message_post(
            body=SIGNED,
            attachments=[("signed.pdf", content)],
        )
        files = message.attachment_ids | self.env["ir.attachment"].search(
            [
                ("res_model", "=", "sale.order"),
                ("res_id", "=", self.order.id),
                ("name", "=", f"{self.order.name}.pdf"),
            ]
        )
        self.assertTrue(message.attachment_ids)
        for user in self.closed:
            for file in files | files.copy():
                with self.assertRaises(AccessError):
                    self._rpc(user, file, "read", ["datas"])
            self.assertFalse(message.with_user(user).has_access("read"))
        # what the workshop works by is open to it
        message = self.order.message_post(
            body=SIGNED,
            attachments=[("F05.pdf", harmless)],
        )
        for user in self.closed:
            file = message.attachment_ids.with_user(user)
            self.assertEqual(file.raw, harmless)
            self.assertTrue(message.with_user(user).has_access("read"))

    def test_kept_by_the_printer(self):
        """The file that a printer keeps is closed from its first moment on."""
        report = self.env.ref("sale.action_report_saleorder")
        report.attachment = "object.name + '.pdf'"
        streams = {self.order.id: {"stream": _Stream(), "attachment": None}}
        [values] = report._prepare_pdf_report_attachment_vals_list(report, streams)
        file = self.env["ir.attachment"].create(values)
        for user in self.closed:
            self.assertFalse(file.with_user(user).has_access("read"))
        self.assertTrue(file.with_user(self.supervisor).has_access("read"))

    def test_sent_before(self):
        """What was sent before prices were closed, by its name: at installation and
        upgrade. A drawing stays open."""
        files = self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": b"%PDF of " + name.encode(),
                    "res_model": "sale.order",
                    "res_id": self.order.id,
                }
                for name in (f"Quotation - {self.order.name}.pdf", "drawing.pdf")
            ]
        )
        mails = [
            self.order.message_post(body=SIGNED, attachment_ids=file.ids)
            for file in files
        ]
        worker = self.closed[1]
        self.assertTrue(files.with_user(worker).has_access("read"))
        self.env["ir.attachment"]._close_sent_before()
        for records in (files, mails):
            priced, drawing = (record.with_user(worker) for record in records)
            self.assertFalse(priced.has_access("read"))
            self.assertTrue(priced.with_user(self.supervisor).has_access("read"))
            self.assertTrue(drawing.has_access("read"))

    def test_invoices(self):
        """Core gives no invoice to the warehouse; neither does an order."""
        self.order.action_confirm()
        self.order.order_line.qty_delivered = 2
        invoice = self.order._create_invoices()
        for user in self.closed:
            for records in (invoice, invoice.invoice_line_ids):
                self.assertFalse(records.with_user(user).has_access("read"))
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._rpc(
                    user,
                    self.order,
                    "web_read",
                    {"invoice_ids": {"fields": {"amount_total": {}}}},
                )


class _Stream:
    def getvalue(self):
        return b"%PDF order"
