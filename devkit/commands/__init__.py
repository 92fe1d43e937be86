"""What ./dev offers: one module per command, each with ``run(arguments)``.

``run`` returns the exit status. The first line of its module's docstring is shown by
``./dev help``.
"""
