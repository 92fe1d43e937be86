def set_up(env):
    """What an installation has to do once.

    The key of the records is made now, so that it is there before the first signature,
    or the log says at once why it cannot be made.
    """
    env["order.review.signature"]._get_current_key()
    env["ir.attachment"]._close_sent_before()


def tear_down(env):
    """What goes with the module though no model owns it: the database would go on
    noting what moves."""
    env["order.kept.report.mixin"]._drop_kept()
