from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..given.given import check_given


class OrderEntryMixin(models.AbstractModel):
    """A paper that people fill in while it is a draft, and that stays as it is once it
    was handed on. What nobody enters is the engine's, on every road.

    A model on this mixin has a field ``state`` that begins with "draft".
    """

    _name = "order.entry.mixin"
    _description = "Entered While It Is a Draft"

    # what people enter
    _entered = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        # before anything is read to complete them
        self.browse().check_access("create")
        self._check_entered(vals_list)
        check_given(self, vals_list)  # before anything is reckoned with it
        return super().create(self._complete(vals_list))

    @api.model
    def _complete(self, vals_list):
        """Return the values of new papers with what the engine adds to them."""
        return vals_list

    def write(self, vals):
        self._check_entered([vals])
        if vals.keys() & self._entered:
            self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open()

    @api.model
    def _check_entered(self, vals_list):
        kept = {
            name
            for name, field in self._fields.items()
            if field.readonly and field.store and name not in self._entered
        }
        if not self.env.su and any(vals.keys() & kept for vals in vals_list):
            raise AccessError(self._spell_entered())

    def _check_open(self):
        if closed := self.filtered(lambda paper: paper.state != "draft"):
            raise UserError(
                self._spell_closed(", ".join(closed.mapped("display_name")))
            )

    def _check_complete(self):
        """Check that nothing is missing in these papers before they are handed on.

        :raise UserError: everything that is missing, of all of them at once
        """
        problems = [
            f"{paper.display_name}: {problem}"
            for paper in self
            for problem in paper._find_problems()
        ]
        if problems:
            raise UserError("\n".join(problems))

    def _find_problems(self):
        """Return in words what one paper lacks."""
        return []

    def _find_empty(self, names):
        """Return in words which of the fields ``names`` of one paper are empty."""
        return [
            self.env._("enter “%s”", self._fields[name]._description_string(self.env))
            for name in names
            if not (value := self[name])
            or (isinstance(value, str) and not value.strip())
        ]

    @api.model
    def _spell_entered(self):
        """Return the words for whoever enters what the engine keeps."""
        raise NotImplementedError

    @api.model
    def _spell_closed(self, names):
        """Return the words for whoever changes what was handed on."""
        raise NotImplementedError
