"""What classes of tests have in common is set up once for those that follow each other.

A company with its people, products and chart of accounts takes seconds to make, and two
hundred classes begin with the same one. ``@set_up_once`` on the ``setUpClass`` of a
common class keeps what it made in an open transaction, behind a savepoint: each class
that inherits goes on from there, and what it did is rolled back to the savepoint, just
as what a test did is rolled back to its class. A class that changes what is set up
(overrides a class method or a value of the common class, ``sets_up_alone`` for one, or
begins with something that it has to clean up) sets up for itself.

Whoever runs the tests has to ask for it (:func:`enable`; ``devkit/pytest_set_up.py``
does): what is kept must be given up before tests begin that know nothing of it. With
Odoo's own runner each class sets up everything, as in Odoo's modules.
"""

from collections import deque
from copy import deepcopy
from functools import cache, wraps

from odoo.sql_db import Savepoint

# each class has its own; they change nothing of what is set up
OWN = {
    "setUpClass",
    "tearDownClass",
    "test_tags",
    "test_module",
    "_class_cleanups",
    "_classSetupFailed",
}

_kept = []
_is_enabled = False


def set_up_once(set_up):
    """Decorate a ``setUpClass``, below ``@classmethod``."""

    @wraps(set_up)
    def wrapper(cls):
        owner = next(one for one in cls.__mro__ if _set_up_of(one) is wrapper)
        if not _is_enabled:
            set_up(cls)
        elif _begins_alike(cls, owner) and not cls._class_cleanups:
            _get_scene(owner, set_up).play(cls)
        else:
            # it differs, or has begun already: with a clock of its own for instance
            give_up()
            set_up(cls)

    wrapper.is_set_up_once = True
    return wrapper


def enable():
    """From now on keep what is set up; the caller calls :func:`give_up` in time."""
    global _is_enabled
    _is_enabled = True


@cache
def path_of(cls):
    """Return the common classes with whose set-up a class of tests begins, the
    outermost first. Classes with the same path best follow each other.

    Asked before the class is set up: later it has all that was given to it.
    """
    return [
        one
        for one in reversed(getattr(cls, "__mro__", ()))
        if hasattr(_set_up_of(one), "is_set_up_once") and _begins_alike(cls, one)
    ]


def give_up(but_for=None):
    """Take back what is kept, except what the class ``but_for`` begins with."""
    path = path_of(but_for)
    while _kept and _kept[-1].owner not in path:
        _kept.pop().end()


def _set_up_of(cls):
    return getattr(vars(cls).get("setUpClass"), "__func__", None)


def _begins_alike(cls, owner):
    """Whether the set-up of ``owner`` makes the same for ``cls`` as for itself."""
    at = cls.__mro__.index(owner)
    return cls.__mro__[at:] == owner.__mro__ and not any(
        hasattr(owner, name) and _may_matter(name, value)
        for above in cls.__mro__[:at]
        for name, value in vars(above).items()
        if name not in OWN and not name.startswith("__")
    )


def _may_matter(name, value):
    """A method of an instance cannot be called before there is one."""
    is_of_class = isinstance(value, classmethod | staticmethod) or not callable(value)
    return is_of_class or name == "freeze_time"


def _get_scene(owner, set_up):
    give_up(but_for=owner)
    if not _kept or _kept[-1].owner is not owner:
        scene = _Scene(owner)
        scene.make(set_up)
        _kept.append(scene)
    return _kept[-1]


class _Scene:
    """What a common class has set up, and the way back to it."""

    def __init__(self, owner):
        self.owner = owner
        # stands for the classes to come
        self.holder = type(owner)(owner.__name__, (owner,), {})
        self.holder._class_cleanups = []
        self.own = set(vars(self.holder))

    def make(self, set_up):
        try:
            set_up(self.holder)
            self.holder.env.flush_all()
        except BaseException:
            self.holder.doClassCleanups()
            raise
        self.cr, self.transaction = self.holder.cr, self.holder.env.transaction
        self.registry = self.holder.registry
        self.sequence = self.registry.registry_sequence
        self.envs = list(self.transaction.envs)
        self.default_env = self.transaction.default_env
        self.callbacks = [
            (callback, list(callback._funcs), deepcopy(callback.data))
            for callback in (
                self.cr.precommit,
                self.cr.postcommit,
                self.cr.prerollback,
                self.cr.postrollback,
            )
        ]
        self.savepoint = Savepoint(self.cr)

    def play(self, cls):
        """Give a class all that was set up; nothing remains of what it does to it."""
        for name, value in vars(self.holder).items():
            if name not in self.own:
                setattr(cls, name, _copy(value))
        cls.addClassCleanup(self.go_back)

    def go_back(self):
        if self not in _kept:
            return  # given up meanwhile, and with it all that was done
        self.savepoint.rollback()
        for callback, functions, data in self.callbacks:
            callback._funcs = deque(functions)
            callback.data = deepcopy(data)
        self.transaction.envs.clear()
        self.transaction.envs.update(self.envs)
        self.transaction.default_env = self.default_env
        self.transaction.reset()
        registry = self.registry
        if registry.registry_invalidated or registry.registry_sequence != self.sequence:
            give_up()  # models were changed: the end of the outermost restores them
            return
        with self.holder.muted_registry_logger:
            registry.clear_all_caches()
        registry.cache_invalidated.clear()

    def end(self):
        """Undo everything, as at the end of a class of tests."""
        self.savepoint.close()
        self.holder.doClassCleanups()


def _copy(value):
    """Each class has containers of its own."""
    if isinstance(value, dict):
        return {key: _copy(one) for key, one in value.items()}
    if isinstance(value, list | set):
        return type(value)(map(_copy, value))
    return value
