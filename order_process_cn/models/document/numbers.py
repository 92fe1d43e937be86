"""Numbers of documents of our own."""


def give_numbers(model, vals_list):
    """Return the values of new documents of ``model`` with their numbers: the next of
    the sequence that is called like the model, of the company of each. A number that
    the engine gives, to a revision, stays."""
    numbers = model.env["ir.sequence"].sudo()  # everybody who begins one gets a number
    company = model.env.company.id
    return [
        {
            **vals,
            "name": vals.get("name")
            or numbers.with_company(vals.get("company_id") or company).next_by_code(
                model._name
            )
            or "/",
        }
        for vals in vals_list
    ]
