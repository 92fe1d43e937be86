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


def follow_review(documents, state, asked, agreed, refused):
    """Bring documents that are asked for to where their review has come.

    :param state: of the review
    :param asked, agreed, refused: states of the documents
    :return: those that were asked for or agreed to before
    """
    if state == "running":
        # of what was agreed to, somebody who had signed does not stand by it any more
        documents.filtered(lambda d: d.state in {"draft", agreed})._move_to(asked)
    under_way = documents.filtered(lambda d: d.state in {asked, agreed})
    if state == "approved":
        under_way.filtered(lambda d: d.state == asked)._move_to(agreed)
    elif state == "declined":
        under_way._move_to(refused)
    elif state in {"withdrawn", "terminated", "outdated"}:
        under_way._move_to("draft")
    return under_way
