# the runner looks for modules named test_… right here
from .review import test_cycle
