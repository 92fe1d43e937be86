"""Values of JSON fields, for reading only."""


def peek(record, name):
    """Return the JSON value of one record, to be read and never changed: the field
    copies it at every access."""
    record.ensure_one()
    cached = record._fields[name]._get_cache(record.env)
    if record.id not in cached:
        record.fetch([name])
    return cached.get(record.id)
