"""What the customer does on the page of his order."""

import base64

from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

from ...tools import arguments
from ..confirmation.statements import find_statements
from ..effect.held import is_held
from ..mechanism.engine import take_turns
from ..mechanism.order_evidence_mixin import EvidenceFile


def is_under_procedure(order):
    """Whether anything of the order process is asked of one order."""
    order.ensure_one()
    return bool(
        order._filtered_in_process()
        or order.effect_state
        or order._collect_conditions("confirm")[order]
    )


def waits_for_deposit(order):
    order.ensure_one()
    return is_held(order) and "deposit" in (order.effect_waiting or [])


def record_portal_signature(order, name, user, address, drawing=False):
    """Keep what the customer signed for in the portal, with the facts he saw and
    the picture that he drew.

    Called by the portal's own route only: no value of a field is a signature.

    :param drawing: base64, as the page of the customer sends it
    :raise UserError: that is no picture, or too large
    """
    order.ensure_one()
    drawn = arguments.picture(order.env, "signature", drawing)
    evidence = []
    if drawn:
        raw = base64.b64decode(drawn)
        name_of_file = f"signature-{order.name.replace('/', '-')}"
        evidence = [EvidenceFile(name_of_file, raw, guess_mimetype(raw))]
    order.env["order.statement"]._record_portal(
        order, "returned", name, user, address, evidence=evidence
    )


def accept_conditions(order, name, user, address):
    """Record that the customer accepted our conditions in the portal. [CFM-4]

    Whoever comes second, with the same click or from another window, finds it done.
    """
    order.ensure_one()
    take_turns(order)
    if not order._get_review_conditions():
        raise UserError(order.env._("There is nothing to accept."))
    if order not in find_statements(order, "conditions"):
        order.env["order.statement"]._record_portal(
            order, "conditions", name, user, address
        )
