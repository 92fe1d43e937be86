import json
import time
from datetime import timedelta

import requests

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import str2bool

from ...tools import bot_protocol
from ..mechanism.engine import public_act
from ..mechanism.memory import remembered

# set to "True" to let a bot speak plain HTTP to this machine, for tests
ALLOW_HTTP = "order_process_cn.bot_allow_http"
# further hosts, separated by commas, where a company runs a platform itself
MORE_HOSTS = "order_process_cn.bot_hosts"
TIMEOUT = 10
# the platforms count by the minute; the stored moments are rounded down to seconds
WINDOW = timedelta(seconds=61)


class OrderBot(models.Model):
    """A robot in a DingTalk, Feishu or WeCom group that tells what waits for whom.

    Without one nothing is sent and nothing is stored. Whoever knows address and secret
    can speak in the group: only system administrators read them.
    """

    _name = "order.bot"
    _inherit = ["order.config.mixin"]
    _description = "Group Bot"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    kind = fields.Selection(
        [("dingtalk", "DingTalk"), ("feishu", "Feishu"), ("wecom", "WeCom")],
        string="Platform",
        required=True,
        default="dingtalk",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)
    url = fields.Char(
        string="Address",
        required=True,
        groups="base.group_system",
        help="The webhook address that the platform shows when the robot is made.",
    )
    secret = fields.Char(
        groups="base.group_system",
        help="DingTalk and Feishu: the key of the security setting “signature”. WeCom "
        "has none.",
    )
    department_ids = fields.Many2many(
        "order.department",
        string="Departments",
        check_company=True,
        help="Seats of these departments are announced; all seats if empty.",
    )
    limit_per_minute = fields.Integer(
        string="Messages a Minute",
        default=20,
        required=True,
        help="What is more waits. DingTalk and WeCom allow 20, Feishu 100.",
    )
    retry_minutes = fields.Char(
        string="Try Again after",
        default="1, 5, 30",
        help="Minutes between attempts while the platform cannot be reached or asks to "
        "wait, separated by commas. After the last one the message has failed.",
    )
    keep_days = fields.Integer(
        string="Keep Messages for",
        default=90,
        required=True,
        help="Days after which the log forgets a message.",
    )

    _limit_positive = models.Constraint(
        "CHECK (limit_per_minute > 0)", "A bot sends at least one message a minute."
    )
    _keep_positive = models.Constraint(
        "CHECK (keep_days > 0)", "Messages are kept for at least one day."
    )

    # -- checks ------------------------------------------------------------------------

    @api.constrains("kind", "url")
    def _check_url(self):
        explain = {
            "malformed": self.env._("this is no address"),
            "insecure": self.env._("it has to begin with https://"),
            "host": self.env._("it does not lead to the chosen platform"),
        }
        for bot in self:
            if problem := bot._find_address_problem():
                raise ValidationError(
                    self.env._(
                        "Address of %(bot)s: %(problem)s.",
                        bot=bot.name,
                        problem=explain[problem],
                    )
                )

    @api.constrains("retry_minutes")
    def _check_retry_minutes(self):
        for bot in self:
            try:
                bot._get_retry_gaps()
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "%s: give whole minutes separated by commas, such as 1, 5, 30.",
                        bot.name,
                    )
                ) from error

    def _find_address_problem(self):
        """Return the code of what is wrong with the address, see the protocol."""
        # what an administrator allows holds for everybody
        parameters = self.env["ir.config_parameter"].sudo()
        hosts = parameters.get_param(MORE_HOSTS, "").split(",")
        return bot_protocol.address_problem(
            self.kind,
            self.url,
            {host.strip().lower() for host in hosts if host.strip()},
            str2bool(parameters.get_param(ALLOW_HTTP, "False"), False),
        )

    def _get_retry_gaps(self):
        """Return the waiting times between attempts.

        :raise ValueError: they cannot be read
        """
        minutes = bot_protocol.parse_minutes(self.retry_minutes)
        return [timedelta(minutes=number) for number in minutes]

    # -- announcing --------------------------------------------------------------------

    @api.model
    @remembered
    def _ids_for(self, company_id):
        """Return the ids of the bots that speak for a company."""
        return tuple(self.search([("company_id", "=", company_id)]).ids)

    @api.model
    def _announce(self, tasks):
        """Write one message for each review and bot, to be posted after this
        transaction.

        :param tasks: seats that were opened, as superuser
        """
        heard = []
        for review, seats in tasks.grouped("review_id").items():
            for bot in self.browse(self._ids_for(review.company_id.id)):
                if own := seats.filtered(bot._hears_of):
                    heard.append((bot, review, own))
        if not heard:
            return
        messages = self.env["order.bot.message"].create(
            [
                {
                    "bot_id": bot.id,
                    "company_id": bot.company_id.id,
                    "review_id": review.id,
                    "text": review._spell_announcement(seats),
                }
                for bot, review, seats in heard
            ]
        )
        messages._mark_for_recheck("message")

    @api.model
    def _get_narrowing_fields(self):
        return ["department_ids"]

    def _hears_of(self, task):
        """Whether this group is told of a seat: of one of its departments, or of a
        signer whom such a seat has added."""
        heard = self._ids_in("department_ids")
        if not heard:
            return True
        while task.parent_id:
            task = task.parent_id
        department = task.department_id or task.seat_id.department_id
        return department.id in heard

    # -- posting -----------------------------------------------------------------------

    def _post(self, text):
        """Post ``text`` to the group; return ``(ok, error, retry)``.

        Never raises: whatever goes wrong out there is an answer. Not to be called
        while rows of business documents are locked, it may take its time.
        """
        self.ensure_one()
        bot = self.sudo()  # address and secret are used, not shown
        if problem := bot._find_address_problem():
            return False, f"address refused: {problem}", False
        url, body = bot_protocol.build_request(
            bot.kind, bot.url, bot.secret or "", text, time.time()
        )
        try:
            answer = requests.post(
                url,
                data=json.dumps(body, ensure_ascii=False).encode(),
                headers={"Content-Type": "application/json; charset=utf-8"},
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            # its text would repeat the address, which is a secret
            return False, type(error).__name__, not isinstance(error, ValueError)
        return bot_protocol.read_answer(bot.kind, answer.status_code, answer.content)

    @public_act
    def action_send_test(self):
        """Post a line to the group now; tell what the platform answered."""
        self.ensure_one()
        self.check_access("write")
        # administrators may send; the log is written by nobody but the engine
        log = self.env["order.bot.message"].sudo()
        if log._find_next_slot(self, fields.Datetime.now()):
            raise UserError(self.env._("The limit of this minute is reached: wait."))
        group = self.with_context(lang=self.company_id.partner_id.lang)
        text = group.env._("Test message of %s", self.company_id.name)
        ok, error, _retry = self._post(text)
        log._log_attempt(self, text, error)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if ok else "danger",
                "message": self.env._("The group has received the test message.")
                if ok
                else self.env._("It was not sent: %s", error),
                "sticky": not ok,
            },
        }
