"""Which documents may come to a state, in the same words for all of them."""

from odoo.exceptions import UserError


def check_may_become(documents, state, moves):
    """Check that each of these documents may come to ``state`` from where it is.

    :param moves: ``{state: {states it may come to}}``
    :raise UserError: naming those that may not, and where they are
    """
    stuck = documents.filtered(lambda document: state not in moves[document.state])
    if not stuck:
        return
    states = dict(documents._fields["state"]._description_selection(documents.env))
    raise UserError(
        "\n".join(
            documents.env._(
                "%(document)s is “%(state)s” already: it cannot become “%(wanted)s”.",
                document=document.display_name,
                state=states[document.state],
                wanted=states[state],
            )
            for document in stuck
        )
    )
