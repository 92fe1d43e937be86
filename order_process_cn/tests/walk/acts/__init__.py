"""What people do to an order and around it.

An act takes the walk and two numbers that say which and what; whatever it meets, only a
refusal in words may come out. What is impossible now (nothing to sign, nothing to ship)
is no act: it does nothing.
"""

from . import entry, goods, money, review, sales, surroundings
from .registry import ACTS
