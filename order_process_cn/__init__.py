from . import controllers, models, report, tools, wizard
from .hooks import make_chain_key
