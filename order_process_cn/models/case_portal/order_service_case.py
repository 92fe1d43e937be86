from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

from ...tools import arguments
from ..cases.case_states import (
    APPROVED,
    CANCELLED,
    COLLECTED,
    COLLECTING,
    COMPLAINT,
    DRAFT,
    INSPECTED,
    REFUSED,
    REQUESTED,
    SETTLED,
    WITH_GOODS,
)
from ..cases.guard import filtered_on_case, may_have_case
from ..mechanism.order_evidence_mixin import EvidenceFile
from .sale_order_rating import filtered_rated, may_rate


class OrderServiceCase(models.Model):
    """What the customer sees of cases on the page of his order, and how he opens one
    (AFS-1, AFS-2). He is told how far it is, never who signs.

    :param order: superuser record everywhere: its page was opened before
    """

    _inherit = "order.service.case"

    def _spell_for_portal(self, name):
        if name != "state":
            return super()._spell_for_portal(name)
        words = {
            DRAFT: self.env._("We have got it and are looking at it"),
            REQUESTED: self.env._("We are looking at it"),
            APPROVED: self.env._("Agreed; we come back to you"),
            COLLECTING: self.env._("Agreed; please send the goods back to us"),
            COLLECTED: self.env._("Your goods are here and are inspected"),
            INSPECTED: self.env._("Your goods are inspected; we settle it"),
            SETTLED: self.env._("Done"),
            REFUSED: self.env._("Not agreed to"),
            CANCELLED: self.env._("Given up"),
        }
        return words[self.state]

    def _get_portal_rows(self):
        rows = super()._get_portal_rows()
        rows += [
            (
                line.product_id.display_name,
                line.product_uom_id._spell_with_unit(line.quantity),
            )
            for line in self._get_chosen()
        ]
        if self.evidence_ids:
            label = self._fields["evidence_ids"]._description_string(self.env)
            rows.append((label, ", ".join(self.evidence_ids.mapped("name"))))
        return [row for row in rows if row[1]]

    @api.model
    def _may_rate(self, order):
        """Whether the page of an order asks its customer how satisfied he is."""
        return may_rate(order)

    @api.model
    def _get_questions(self, order):
        """Return the address of the questionnaire that the customer of an order is
        offered, or nothing. [002 P11 4.5]"""
        return filtered_rated(order).order_type_id.rating_questions or ""

    # -- opening -----------------------------------------------------------------------

    @api.model
    def _get_portal_goods(self, order):
        """Return ``[(line, product, quantity)]`` of what the customer may send back;
        nothing where cases are opened by us only."""
        if not filtered_on_case(order) or not may_have_case(order):
            return []
        counts = order.order_line._get_returnable()
        return [
            (line, product, counts[line, product].delivered - back)
            for line, product, back in (
                (*key, count.returned) for key, count in counts.items()
            )
            if line
            and product.uom_id.compare(counts[line, product].delivered, back) > 0
        ]

    @api.model
    def _get_portal_kinds(self):
        """Return ``[(value, label)]`` of what a customer comes with."""
        kinds = self._fields["kind"]._description_selection(self.env)
        return [pair for pair in kinds if pair[0] in WITH_GOODS | {COMPLAINT}]

    @api.model
    def _find_open_of_customer(self, order):
        """Return what the customer has asked of one order and nobody has looked at."""
        return order.service_case_ids.filtered(
            lambda case: case.is_from_portal and case.state == DRAFT
        )[:1]

    @api.model
    def _open_in_portal(self, order, name, address, said, files):
        """Return the case that a customer opens; said twice it is said once.

        :param dict said: what the form sends
        :param list files: ``[(name, content)]``
        :raise UserError: everything that is wrong with it
        """
        if open_one := self._find_open_of_customer(order):
            return open_one
        goods = self._get_portal_goods(order)
        if not goods:
            raise UserError(self.env._("Nothing of this order was delivered yet."))
        kind = said.get("kind")
        kinds = dict(self._get_portal_kinds())
        quantities, problems = self._read_quantities(goods, said)
        words = (said.get("description") or "").strip()[:2000]
        if kind not in kinds:
            problems.append(self.env._("Say what it is about."))
        if not words:
            problems.append(self.env._("Say what happened."))
        if kind in WITH_GOODS and not quantities:
            problems.append(self.env._("Say how much of which goods it is about."))
        evidence, more = self._read_photos(files)
        if problems := problems + more:
            raise UserError("\n".join(problems))
        # opened for the customer, who may open none himself; what he said was checked
        case = self.sudo()._open_for(
            order,
            kind,
            quantities,
            description=words,
            case_contact=name.strip()[:100],
            address=address,
            is_from_portal=True,
        )
        case._keep_evidence(evidence)
        case._tell_of_new()
        return case

    @api.model
    def _read_quantities(self, goods, said):
        """Return ``({(line, product): quantity}, problems)``."""
        quantities, problems = {}, []
        for line, product, most in goods:
            text = (said.get(f"quantity_{line.id}_{product.id}") or "0").strip()
            try:
                quantity = float(text)
            except ValueError:
                quantity = -1.0
            # neither infinite nor no number
            if not 0 <= quantity <= most:
                problems.append(
                    self.env._(
                        "%(product)s: at most %(open)s may come back",
                        product=product.display_name,
                        open=product.uom_id._spell_with_unit(most),
                    )
                )
            elif quantity:
                quantities[line, product] = quantity
        return quantities, problems

    @api.model
    def _read_photos(self, files):
        """Return ``([EvidenceFile], problems)`` of what a stranger sends."""
        most = arguments.limit(self.env, "evidence_max_files")
        largest = arguments.limit(self.env, "evidence_max_mb")
        problems = []
        if len(files) > most:
            problems.append(self.env._("Attach %s files at most.", most))
        photos = [
            EvidenceFile(name[:100], raw, guess_mimetype(raw)) for name, raw in files
        ]
        for photo in photos:
            if photo.mimetype not in arguments.PICTURES:
                problems.append(self.env._("“%s” is no picture.", photo.name))
            elif len(photo.raw) > largest * 1024 * 1024:
                problems.append(
                    self.env._(
                        "“%(file)s” is larger than %(size)s MB: take a smaller one.",
                        file=photo.name,
                        size=largest,
                    )
                )
        return photos, problems
