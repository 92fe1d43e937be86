from itertools import product

from odoo.tests import BaseCase, tagged

from ...tools.stage_rules import Seat, outcome, ready_to_open


def stage(mode="all", refusal="stop", count=2):
    return {"mode": mode, "refusal": refusal, "count": count}


def seats(*states):
    return [Seat(key, state, key) for key, state in enumerate(states)]


@tagged("post_install", "-at_install")
class TestStageRules(BaseCase):
    """[CSN-1] when a stage is passed or refused; no database."""

    def test_all(self):
        self.assertEqual(outcome(stage(), seats("agreed", "open")), "open")
        self.assertEqual(outcome(stage(), seats("agreed", "agreed")), "passed")
        self.assertEqual(outcome(stage(), seats("declined", "open")), "refused")

    def test_any(self):
        self.assertEqual(outcome(stage("any"), seats("open", "open")), "open")
        self.assertEqual(outcome(stage("any"), seats("agreed", "open")), "passed")
        self.assertEqual(outcome(stage("any"), seats("declined", "open")), "refused")
        wait = stage("any", "wait")
        self.assertEqual(outcome(wait, seats("declined", "open")), "open")
        self.assertEqual(outcome(wait, seats("declined", "agreed")), "passed")
        self.assertEqual(outcome(wait, seats("declined", "declined")), "refused")

    def test_number_of_them(self):
        """The threshold decides, nobody's own vote is special."""
        wait = stage("count", "wait", 2)
        self.assertEqual(outcome(wait, seats("agreed", "declined", "open")), "open")
        self.assertEqual(outcome(wait, seats("agreed", "agreed", "open")), "passed")
        self.assertEqual(
            outcome(wait, seats("agreed", "declined", "declined")), "refused"
        )

    def test_everybody_is_heard(self):
        wait = stage("all", "wait")
        self.assertEqual(outcome(wait, seats("declined", "open")), "open")
        self.assertEqual(outcome(wait, seats("declined", "agreed")), "refused")
        refer = stage("all", "refer")
        self.assertEqual(outcome(refer, seats("declined", "open")), "open")
        self.assertEqual(outcome(refer, seats("declined", "agreed")), "referred")
        self.assertEqual(outcome(refer, seats("agreed", "agreed")), "passed")

    def test_silent_seats_do_not_count(self):
        for silent in ("skipped", "closed", "removed"):
            self.assertEqual(outcome(stage(), seats("agreed", silent)), "passed")

    def test_every_combination_ends(self):
        """Once nobody is left to decide, no stage stays open."""
        decided = ("agreed", "declined", "skipped")
        for mode, refusal, *states in product(
            ("all", "any", "count", "turn"), ("stop", "wait", "refer"), *[decided] * 3
        ):
            result = outcome(stage(mode, refusal), seats(*states))
            self.assertNotEqual(result, "open", (mode, refusal, states))
            if "declined" not in states:
                self.assertEqual(result, "passed", (mode, refusal, states))

    def test_in_turn(self):
        turn = stage("turn")
        self.assertEqual(ready_to_open(turn, seats("waiting", "waiting")), [0])
        self.assertEqual(ready_to_open(turn, seats("open", "waiting")), [])
        self.assertEqual(ready_to_open(turn, seats("agreed", "waiting")), [1])
        self.assertEqual(ready_to_open(turn, seats("skipped", "waiting")), [1])

    def test_added_before_beside_after(self):
        own = Seat(1, "waiting", 1)
        before = Seat(2, "open", 1, "before", 1)
        self.assertEqual(ready_to_open(stage(), [own, before]), [])
        done = before._replace(state="agreed")
        self.assertEqual(ready_to_open(stage(), [own, done]), [1])
        after = Seat(3, "waiting", 1, "after", 1)
        agreed = own._replace(state="agreed")
        self.assertEqual(ready_to_open(stage(), [own, after]), [1])
        self.assertEqual(ready_to_open(stage(), [agreed, after]), [3])
        self.assertEqual(outcome(stage(), [agreed, after]), "open")
        beside = Seat(4, "open", 1, "beside", 1)
        self.assertEqual(outcome(stage("any"), [agreed, beside]), "open")

    def test_added_after_a_refusal_is_never_asked(self):
        declined = Seat(1, "declined", 1)
        after = Seat(2, "waiting", 1, "after", 1)
        self.assertEqual(outcome(stage("all", "wait"), [declined, after]), "refused")
