from odoo import api, models
from odoo.fields import Command

OWN = "['|', ('order_id.user_id', '=', user.id), ('order_id.user_id', '=', False)]"
SIGNERS = "order_process_cn.order_group_signer"
SELLERS = "sales_team.group_sale_salesman"


class IrRule(models.Model):
    """Who reads a document of ours: the same few rules for each of them."""

    _inherit = "ir.rule"

    @api.model
    def _declare_document_rules(self, model_name, everything, own=OWN, owners=SELLERS):
        """Make the rules of a document and of its lines, or bring them up to date.

        Whoever has access to the model reads what he is asked to sign, what is about
        his own orders, and everything if his group sees everything; in the companies
        that he has chosen.

        :param list everything: external ids of the groups that see all
        :param str own: the domain of what is one's own
        :param str owners: external id of the group of those who own something
        """
        rules = {
            "company": ("[('company_id', 'in', company_ids)]", []),
            "signer": ("[('review_is_mine', '=', True)]", [SIGNERS]),
            "own": (own, [owners]),
            "all": ("[(1, '=', 1)]", everything),
        }
        self._load_document_rules(model_name, rules)
        document = self.env[model_name]
        if document._lines:
            lines = document._fields[document._lines]
            self._load_document_rules(
                lines.comodel_name,
                {
                    name: (f"[('{lines.inverse_name}', 'any', {domain})]", groups)
                    for name, (domain, groups) in rules.items()
                },
            )

    @api.model
    def _load_document_rules(self, model_name, rules):
        table = self.env[model_name]._table
        self._load_records(
            [
                {
                    "xml_id": f"order_process_cn.{table}_rule_{name}",
                    "values": {
                        "name": f"{model_name}: {name}",
                        "model_id": self.env["ir.model"]._get_id(model_name),
                        "domain_force": domain,
                        "groups": [Command.set([self.env.ref(g).id for g in groups])],
                    },
                }
                for name, (domain, groups) in rules.items()
            ]
        )
