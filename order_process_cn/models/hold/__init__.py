from . import order_suspension, order_suspension_reach  # isort: skip
from . import order_suspension_note_mixin  # isort: skip
from . import sale_order_hold, sale_order_line_hold  # isort: skip
from . import mrp_production_hold, stock_move_hold, stock_move_till  # isort: skip
from . import purchase_order_hold  # isort: skip
from . import stock_move_line_hold, stock_picking_hold  # isort: skip
