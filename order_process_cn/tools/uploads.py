"""Files that somebody uploads into a page."""

import base64

from odoo.exceptions import UserError


def read_upload(env, content, most_bytes, too_large):
    """Return the bytes of an uploaded file.

    :param bytes content: the value of a binary field: base64, or nothing
    :param str too_large: what is said of a file of more than ``most_bytes``
    :raise UserError: there is no file, or it cannot be read
    """
    if not content:
        raise UserError(env._("Choose a file first."))
    # base64 needs a third more room
    if len(content) > 2 * most_bytes:
        raise UserError(too_large)
    try:
        return base64.b64decode(content)
    except ValueError as error:  # what is no base64, or no text at all
        raise UserError(env._("The file cannot be read.")) from error
