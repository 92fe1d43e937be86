from . import order_bot, order_bot_message  # isort: skip
from . import order_review_announcement  # isort: skip
