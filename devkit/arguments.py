"""Argument parsers of the commands."""

import argparse


def parser(docstring: str | None, command: str) -> argparse.ArgumentParser:
    """A parser whose help is the docstring of the command's module."""
    return argparse.ArgumentParser(
        prog=f"./dev {command}",
        description=docstring,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
