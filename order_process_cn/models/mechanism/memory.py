from functools import wraps

from odoo import SUPERUSER_ID
from odoo.tools import ormcache


def remembered(load):
    """Keep what the method ``load`` returns until configuration changes.

    The only way in which this addon remembers anything between requests. What is kept
    is seen by everybody, so it is read as superuser under an empty context: neither
    the rights nor the company nor a context key of whoever asks first
    (``active_test``, ``lang``, ``allowed_company_ids``, ``default_*``) reaches it.
    There is one entry for each record set and each value of the (positional)
    arguments; callers must not change what they get.
    """

    @ormcache("self._ids", "args")
    def read(self, *args):
        return load(
            self.with_env(self.env(user=SUPERUSER_ID, su=True, context={})), *args
        )

    return wraps(load)(read)
