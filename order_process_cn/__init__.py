from . import controllers, models, report, tools, wizard
from .hooks import set_up, tear_down
