from odoo import fields, models


class ResourceResource(models.Model):
    """Whoever works at a machine, with or without a login (MFG-6)."""

    _inherit = "resource.resource"

    badge_code = fields.Char(
        string="Badge",
        index="btree_not_null",
        copy=False,
        groups="base.group_user",
        help="What the scanner reads from the badge of this person.",
    )

    _badge_code_uniq = models.UniqueIndex(
        "(badge_code) WHERE badge_code IS NOT NULL",
        "This badge belongs to somebody else.",
    )
