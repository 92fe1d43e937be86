"""Merging exported terms into the addon's translations; runs where polib is.

``python -m devkit.i18n_merge EXPORTED.pot FOLDER [--check]``
"""

import sys
from pathlib import Path

import polib

from devkit.paths import ADDON

LANGUAGE = "zh_CN"
# dates would make every export differ from the last
VOLATILE = ("POT-Creation-Date", "PO-Revision-Date")


def main(arguments: list[str]) -> int:
    exported, folder = Path(arguments[0]), Path(arguments[1])
    folder.mkdir(exist_ok=True)
    terms = polib.pofile(str(exported))
    for name in VOLATILE:
        terms.metadata.pop(name, None)
    translations = _merged(terms, folder / f"{LANGUAGE}.po")
    check = "--check" in arguments
    stale = [
        path.name
        for path, content in (
            (folder / f"{ADDON}.pot", terms),
            (folder / f"{LANGUAGE}.po", translations),
        )
        if _write(path, content, check)
    ]
    missing = translations.untranslated_entries()
    for entry in missing[:20]:
        print(f"  untranslated: {entry.msgid!r}")
    print(f"  {len(translations)} terms, {len(missing)} untranslated")
    if stale:
        print(f"  {'out of date' if check else 'written'}: {', '.join(stale)}")
    return int(bool(missing) or (check and bool(stale)))


def _merged(terms: polib.POFile, path: Path) -> polib.POFile:
    """The exported terms, each with the translation it had."""
    known: dict[tuple[str, str | None], polib.POEntry] = {}
    merged = polib.POFile()
    merged.header, merged.metadata = terms.header, dict(terms.metadata)
    if path.exists():
        old = polib.pofile(str(path))
        known = {(entry.msgid, entry.msgctxt): entry for entry in old}
        merged.header, merged.metadata = old.header, old.metadata
    merged.metadata["Language"] = LANGUAGE
    for term in terms:
        before = known.get((term.msgid, term.msgctxt))
        merged.append(
            polib.POEntry(
                msgid=term.msgid,
                msgctxt=term.msgctxt,
                msgstr=before.msgstr if before and not before.obsolete else "",
                comment=term.comment,
                tcomment=before.tcomment if before else "",
                occurrences=term.occurrences,
                flags=term.flags,
            )
        )
    return merged


def _write(path: Path, content: polib.POFile, check: bool) -> bool:
    """Write the file if its text changes; return whether it does."""
    text = f"{content}"
    if not text.endswith("\n"):
        text += "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    if not check:
        path.write_text(text, encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
