def make_chain_key(env):
    """Make the key of the records at installation, so that it is there before the first
    signature, or the log says at once why it cannot be made."""
    env["order.review.signature"]._get_current_key()
