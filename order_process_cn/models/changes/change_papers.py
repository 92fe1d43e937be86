"""Papers that were given out and say something else after a change (CHG-5)."""

from odoo.fields import Domain

from .change_states import CANCEL

# beside the order itself: what is made and what leaves for it
FOLLOWED = {"mrp.production", "order.shipping.release"}


def find_papers(change, documents):
    """Return the valid copies that become wrong with ``change``, of its order and of
    other ``documents`` it reaches; superuser records."""
    issues = change.env["order.form.issue"].sudo()  # whoever changes may not see them
    touched = sorted(change._get_touched())
    asked = Domain("form_id.reissue_group_ids.code", "in", touched)
    about = [
        Domain("res_model", "=", model) & Domain("res_id", "in", list(ids))
        for model, ids in _by_model([change.order_id, *documents]).items()
    ]
    return issues.search(asked & Domain("superseded_on", "=", False) & Domain.OR(about))


def reach_of_papers(change, rows):
    """Return the values of one effect for each paper that is issued anew.

    :param rows: values of the effects on other documents
    """
    papers = find_papers(change, _read_documents(change, rows))
    ending = {(r["res_model"], r["res_id"]) for r in rows if r["act"] == "cancel"}
    return [
        {
            "res_model": copies._name,
            "res_id": copies[0].id,
            "act": "void"
            if change.kind == CANCEL
            or (copies[0].res_model, copies[0].res_id) in ending
            else "paper",
            "is_automatic": True,
        }
        for copies in papers.grouped(
            lambda issue: (issue.form_id, issue.res_model, issue.res_id)
        ).values()
    ]


def reissue_papers(change, effects):
    """Issue anew what ``change``, which was applied, has made wrong: of its order and
    of the documents of its ``effects``.

    Who has to receive the next revision finds it among what he has to receive. What a
    customer was given, a person sends him.
    """
    rows = [{"res_model": e.res_model, "res_id": e.res_id} for e in effects]
    papers = find_papers(change, _read_documents(change, rows))
    if change.kind == CANCEL:
        papers._supersede()
        return
    gone = papers.filtered(lambda issue: _is_gone(issue))
    gone._supersede()
    fresh = (papers - gone)._reissue()
    if not fresh:
        return
    outside = fresh.filtered(lambda issue: not issue.department_id)
    if outside:
        change._leave_todo(
            f"change.papers.{change.id}",
            change.env._("Hand out the new revision"),
            ", ".join(dict.fromkeys(outside.mapped("display_name"))),
            user=change.user_id,
        )


def _is_gone(issue):
    document = issue.env[issue.res_model].browse(issue.res_id)
    return document.state == "cancel"


def _read_documents(change, rows):
    return [
        change.env[row["res_model"]].browse(row["res_id"])
        for row in rows
        if row["res_id"] and row["res_model"] in FOLLOWED
    ]


def _by_model(documents):
    found = {}
    for document in documents:
        found.setdefault(document._name, set()).update(document.ids)
    return found
