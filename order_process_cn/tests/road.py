"""What sequences of acts have in common at their beginning is played once."""

from contextlib import contextmanager


@contextmanager
def undone(env):
    """Whatever is done inside is undone at its end."""
    known = list(env.transaction.envs)
    savepoint = env.cr.savepoint()
    try:
        yield
    finally:
        savepoint.close(rollback=True)
        forget(env, known)


def forget(env, known):
    """Forget what was read and left to be done; of the environments, among which each
    new one is looked for, keep those ``known`` before: a record with another one must
    not be read any more, for it would not see what changes."""
    env.cr.precommit.clear()
    env.invalidate_all(flush=False)
    env.transaction.envs.clear()
    env.transaction.envs.update(known)


class Road:
    """Acts that were done one after the other, with a savepoint before each as the way
    back. A context: at its end nothing of them remains.

    Take sequences in the order of :func:`sort_alike`: each is played on from where it
    parts from the one before it.
    """

    def __init__(self, env, play):
        """:param play: a function that does one act"""
        self.env = env
        self.play = play
        self.begun = []  # (act, environments and savepoint before it)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._go_back(0)

    def take(self, acts):
        """Have these acts done and no others."""
        shared = 0
        for (act, *_before), wanted in zip(self.begun, acts, strict=False):
            if act != wanted:
                break
            shared += 1
        self._go_back(shared)
        for act in acts[shared:]:
            self._do(act)

    def _do(self, act):
        self._mark(act)
        try:
            self.play(act)
        except BaseException:
            self._go_back(len(self.begun) - 1)
            raise

    def _mark(self, act):
        """Note the way back to before an act."""
        known = list(self.env.transaction.envs)
        self.begun.append((act, known, self.env.cr.savepoint()))

    def _go_back(self, count):
        """Undo all acts but the first ``count``."""
        while len(self.begun) > count:
            _act, known, savepoint = self.begun.pop()
            savepoint.close(rollback=True)
            forget(self.env, known)


def sort_alike(rows, get_acts):
    """Return the rows so that those whose acts begin alike follow each other."""
    return sorted(rows, key=lambda row: [str(act) for act in get_acts(row)])
