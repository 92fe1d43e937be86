from odoo import api, fields, models


class OrderPeopleChange(models.Model):
    """One change of who signs: old value, new value, and who changed it (SEC-2).

    Written by :class:`OrderPeopleMixin`, and for who belongs to what core keeps, see
    ``_watch``, only. A message in the chatter would not do:
    whoever may change the record may delete it.
    """

    _name = "order.people.change"
    _inherit = ["order.append.only.mixin", "order.engine.mixin"]
    _description = "Change of Signers"
    _order = "id desc"
    _log_access = False

    date = fields.Datetime(readonly=True, required=True)
    user_id = fields.Many2one(
        "res.users", string="Changed by", readonly=True, required=True, index=True
    )
    act = fields.Selection(
        [("create", "Created"), ("write", "Changed"), ("unlink", "Deleted")],
        readonly=True,
        required=True,
    )
    res_model = fields.Char(string="Model", readonly=True, required=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", readonly=True, required=True
    )
    record_name = fields.Char(string="What", readonly=True)
    field_name = fields.Char(readonly=True)
    field_label = fields.Char(string="Field", compute="_compute_field_label")
    old_value = fields.Text(string="Before", readonly=True)
    new_value = fields.Text(string="After", readonly=True)

    _record_idx = models.Index("(res_model, res_id)")

    @api.depends("res_model", "field_name")
    @api.depends_context("lang")
    def _compute_field_label(self):
        for change in self:
            model = self.env.get(change.res_model)
            field = model is not None and model._fields.get(change.field_name)
            change.field_label = (
                field._description_string(self.env) if field else change.field_name
            )

    @api.depends("record_name", "date")
    def _compute_display_name(self):
        for change in self:
            change.display_name = change.record_name

    # -- keeping it -------------------------------------------------------------------

    @api.model
    def _keep(self, vals_list, concerned):
        """Keep rows of one model, and tell whom they concern.

        :param list vals_list: without date and author: it is the caller, now
        :param dict concerned: ``{id of the record: users to tell}``
        """
        now = fields.Datetime.now()
        # nobody may write the trace but this method, and never from a client's context
        trace = self.sudo().with_context({})
        trace.create(
            [{"date": now, "user_id": self.env.uid, **vals} for vals in vals_list]
        )
        for res_id, people in concerned.items():
            lines = [vals for vals in vals_list if vals["res_id"] == res_id]
            self._tell(people - self.env.user, lines)

    @api.model
    def _tell(self, users, lines):
        """Send one notice to ``users`` about the changes in ``lines``."""
        for lang, people in users.filtered("active").grouped("lang").items():
            # a notice of the system: neither the reader's rights nor the keys of a
            # client decide whether it arrives
            thread = self.env["mail.thread"].sudo().with_context({"lang": lang})
            env = thread.env
            model = env[lines[0]["res_model"]]
            record = model.browse(lines[0]["res_id"]).exists()
            text = "; ".join(
                env._(
                    "%(field)s: %(old)s → %(new)s",
                    field=model._fields[line["field_name"]]._description_string(env),
                    old=line["old_value"] or "–",
                    new=line["new_value"] or "–",
                )
                for line in lines
            )
            thread.message_notify(
                # nothing is there to be opened once it is deleted
                model=model._name if record else False,
                res_id=record.id,
                partner_ids=people.partner_id.ids,
                subject=env._("Who signs was changed: %s", lines[0]["record_name"]),
                body=env._(
                    "%(user)s changed who signs. %(changes)s",
                    user=self.env.user.name,
                    changes=text,
                ),
            )

    # -- and protecting it ------------------------------------------------------------
