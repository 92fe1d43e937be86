"""Speed and cost of the addon, as ratios measured in one run: see docs/benchmarks.md.

``./dev bench`` runs ``python -m benchmarks``. Every database has a process of its own
(``worker.py``), so that the addon, plain Odoo and the addons it is compared with never
share an interpreter. One subject a module: its ``measure(bench)`` returns the figures,
the other functions run inside a worker and get an environment.
"""
