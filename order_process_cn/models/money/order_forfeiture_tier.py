from odoo import api, fields, models


class OrderForfeitureTier(models.Model):
    """From which day on how much of a deposit is forfeited (DEP-3).

    The day counts from the day on which all goods were in stock, which is day 0. Tiers
    replace each other, they do not add.
    """

    _name = "order.forfeiture.tier"
    _inherit = ["order.config.mixin"]
    _description = "Forfeiture Tier"
    _order = "rule_id, from_day, id"

    rule_id = fields.Many2one(
        "order.deposit.rule", required=True, ondelete="cascade", index=True
    )
    from_day = fields.Integer(
        required=True, help="The first day on which the goods count as picked up late."
    )
    percent = fields.Float(
        string="Forfeited %",
        digits=(5, 2),
        help="Percent of what the rule says: the order total, or the deposit.",
    )
    fine_amount = fields.Float(
        string="Proposed Fine",
        digits=(16, 2),
        help="A fine for the person in charge that is proposed together with the "
        "forfeiture, in company currency.",
    )

    _day_uniq = models.UniqueIndex(
        "(rule_id, from_day)", "There is a tier from this day on already."
    )
    _percent_sane = models.Constraint(
        "CHECK (percent >= 0 AND percent <= 100)",
        "A forfeiture is between 0 and 100 percent.",
    )
    _day_positive = models.Constraint(
        "CHECK (from_day > 0)", "A tier begins on the first day or later."
    )
    _fine_positive = models.Constraint(
        "CHECK (fine_amount >= 0)", "A fine cannot be negative."
    )

    @api.constrains("from_day", "rule_id")
    def _check_from_day(self):
        self.rule_id._check_tiers()
