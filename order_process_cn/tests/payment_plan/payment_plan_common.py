from odoo import Command

from ..shipping.shipping_common import ShippingCommon

DEPOSIT, PROGRESS, SHIPPING, RETENTION = 3000.0, 3000.0, 3500.0, 500.0


class PaymentPlanCommon(ShippingCommon):
    """Orders of a type that is paid in four steps, of which the first is the deposit:
    3000, 3000, 3500 and 500 of 10000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.order_invoice_before_effect = True
        cls.plan = cls.env["order.payment.plan"].create(
            {
                "name": "Project",
                "company_id": cls.company.id,
                "order_type_ids": [Command.set(cls.order_type.ids)],
                # it is switched off: it holds for the plan alone
                "deposit_rule_id": cls.rule.id,
                "line_ids": [
                    Command.create({"sequence": number, **values})
                    for number, values in enumerate(
                        [
                            {"kind": "deposit", "method": "deposit", "opens": "effect"},
                            {"kind": "progress", "percent": 30, "opens": "start"},
                            {"kind": "shipping", "method": "rest", "opens": "ship"},
                            {
                                "kind": "retention",
                                "percent": 5,
                                "due_on": "received",
                                "due_days": 30,
                            },
                        ]
                    )
                ],
            }
        )
