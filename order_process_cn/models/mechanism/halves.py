from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as CONCURRENCY


def work_in_halves(records, work, errors=Exception):
    """Do ``work`` on all records together; when that fails, on their halves, so that
    one record never stops the others.

    Each attempt is a savepoint. What another transaction was first at is raised: in
    this one it would fail again.

    :param work: called with records
    :param errors: the exceptions that stop only the record that raises them
    :return: ``[(record, error), …]``: what could not be done
    """
    if not records:
        return []
    try:
        with records.env.cr.savepoint():
            work(records)
    except CONCURRENCY:
        raise
    except errors as error:
        if len(records) == 1:
            return [(records, error)]
        half = len(records) // 2
        return [
            *work_in_halves(records[:half], work, errors),
            *work_in_halves(records[half:], work, errors),
        ]
    return []
