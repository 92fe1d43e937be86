from . import meeting_states  # isort: skip
from . import order_meeting, order_meeting_acts  # isort: skip
from . import order_meeting_participant, order_meeting_improvement  # isort: skip
from . import order_type, sale_order_meetings  # isort: skip
from . import order_project_completion  # isort: skip
