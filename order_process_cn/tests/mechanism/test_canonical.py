import json
from copy import deepcopy

from odoo.tests import BaseCase, tagged

from ...tools.canonical import (
    Fixed,
    canonical,
    changed_keys,
    digest,
    digests,
    spell_number,
)
from ...tools.hash_chain import plan_digest
from ...tools.route_plan import Plan


@tagged("post_install", "-at_install")
class TestCanonical(BaseCase):
    """[REV-5] one spelling for one set of values; no database."""

    def test_order_of_keys_does_not_matter(self):
        self.assertEqual(canonical({"b": [1], "a": "闸阀"}), '{"a":"闸阀","b":[1]}')
        self.assertEqual(digest({"b": 1, "a": 2}), digest({"a": 2, "b": 1}))
        self.assertNotEqual(digest({"a": "1"}), digest({"a": 1}))

    def test_floats_are_refused(self):
        """At any depth: their text depends on how they were computed."""
        for value in (
            1.5,
            -1.5,
            [0.1],
            {"a": {"b": [1, 2e3]}},
            {"a": [1, 1e300]},
            float("nan"),
            [float("-inf")],
        ):
            with self.subTest(value=value), self.assertRaises(TypeError):
                canonical(value)
            with self.subTest(value=value), self.assertRaises(TypeError):
                digest(Fixed({"a": value}))
        for text in ("1.5", ":1.5", "[-2e3,", "NaN"):  # texts are none
            with self.subTest(text=text):
                canonical({"a": [text]})

    def test_fingerprints_of_what_is_fixed(self):
        """The same as those of any dictionary, for the whole and for each part."""
        for value in (
            {},
            {"b": {"y": "闸阀", "x": [1, None, True]}, "a": {}, '"': "1.5"},
            {"schema": {"number": 2, "fields": {"price": ["b", "a"]}}},
        ):
            with self.subTest(value=value):
                self.assertEqual(digest(Fixed(value)), digest(value))
                self.assertEqual(digests(Fixed(value)), digests(value))

    def test_a_copy_may_be_changed(self):
        """What is spelled once for all is spelled anew for a copy."""
        fixed = Fixed({"a": {"x": "1"}})
        before = fixed.digest
        for copied in (deepcopy(fixed), dict(fixed), {**fixed}):
            self.assertNotIsInstance(copied, Fixed)
            copied["a"] = {"x": "2"}
            self.assertNotEqual(digest(copied), before)
        self.assertEqual(fixed.digest, before)

    def test_a_route_as_it_is_copied(self):
        """[SEC-2] the same text and fingerprint before it is stored and after."""
        plan = Plan({"from": 50000.0, "domain": [("a", "=", 1.5)], "names": {1: "x"}})
        stored = json.loads(plan.text)
        self.assertEqual(plan, stored)
        self.assertEqual(plan_digest(plan), plan_digest(stored))
        self.assertEqual(plan_digest(plan), plan_digest({**stored, "from": 50000}))
        self.assertNotEqual(plan_digest(plan), plan_digest({**stored, "from": 50001}))

    def test_numbers(self):
        """Rounded to the digits of their field, without a negative zero."""
        for value, digits, text in (
            (0.1 + 0.2, 2, "0.30"),
            (1234567.891, 2, "1234567.89"),
            (-0.001, 2, "0.00"),
            (-0.01, 2, "-0.01"),
            (-0.0, 0, "0"),
            (10, 3, "10.000"),
        ):
            with self.subTest(value=value):
                self.assertEqual(spell_number(value, digits), text)

    def test_changed_keys(self):
        old, new = {"a": 1, "b": 2}, {"b": 3, "c": None}
        self.assertEqual(changed_keys(old, new), ["a", "b"])
