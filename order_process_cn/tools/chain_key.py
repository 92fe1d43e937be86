"""The keys of the record chains. They stand outside the database, so that whoever can
write its tables still cannot make a record."""

import contextlib
import os
import secrets
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

# With a dot: the file store strips dots from the names of attachments, so that no
# attachment can point to this file.
FILE_NAME = "order_chain.key"
MOMENT = "%Y%m%dT%H%M%S"


class ChainKey(NamedTuple):
    """``since``: from this moment on no record may be without a key; or ``None``."""

    name: str
    secret: str
    since: datetime | None = None


def parse(text):
    """Return ``{name: ChainKey}`` from ``NAME:SECRET[:SINCE]``, several of them parted
    by commas or lines. The first one is the key of new records, the others verify.

    :raise ValueError: an entry that is none
    """
    return dict(_parse(text or ""))


@lru_cache(maxsize=8)
def _parse(text):
    # asked again with each record: the moments in it are slow to read
    keys = {}
    for entry in text.replace(",", "\n").split():
        name, secret, *since = entry.split(":")
        if not name or not secret or len(since) > 1:
            raise ValueError(name)
        moment = datetime.strptime(since[0], MOMENT) if since else None
        keys.setdefault(name, ChainKey(name, secret, moment))
    return keys


def read(option, folder):
    """Return the keys: those of the configuration first, then those of the file.

    :param option: text of the configuration file, or nothing
    :param folder: where the file was made at installation
    :raise ValueError: an entry that is none
    :raise OSError: there is a file, but it cannot be read
    """
    keys = parse(option)
    path = os.path.join(folder, FILE_NAME)
    try:
        now = os.stat(path)
    except FileNotFoundError:
        return keys
    text = _read(path, now.st_ino, now.st_mtime_ns, now.st_size)
    return keys | {name: k for name, k in parse(text).items() if name not in keys}


@lru_cache(maxsize=8)
def _read(path, *_as_it_is_now):
    # asked again with each record: opening it takes longer than reckoning the hash
    return Path(path).read_text(encoding="ascii")


def make(folder, now):
    """Make the file with a key of its own; leave one that is there alone.

    :raise OSError: the folder cannot be written
    """
    Path(folder).mkdir(parents=True, exist_ok=True)
    name = f"{now:%Y%m%d}-{secrets.token_hex(3)}"
    line = f"{name}:{secrets.token_hex(32)}:{now.strftime(MOMENT)}\n"
    # written whole under another name first: a second process never reads half of it
    draft = Path(folder, f"{FILE_NAME}.{name}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(line)
    try:
        # somebody was faster: his key is the key
        with contextlib.suppress(FileExistsError):
            os.link(draft, Path(folder, FILE_NAME))
    finally:
        draft.unlink()
