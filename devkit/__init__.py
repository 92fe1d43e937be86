"""The set-up tool behind ``./dev``: standard library only, one idea per module.

``workspace.prepare()`` brings everything up; ``databases.clone()`` hands out
databases; the modules in ``commands`` are what ``./dev`` offers.
"""
