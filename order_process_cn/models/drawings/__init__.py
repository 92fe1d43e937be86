from . import order_drawing_recipient, order_drawing_set  # isort: skip
from . import order_drawing_sheet, order_drawing_handover  # isort: skip
from . import order_drawing_issue, order_drawing_words  # isort: skip
from . import order_type, mrp_production_drawings  # isort: skip
