# in the order in which an order meets them; the conductors come last
from . import mechanism  # isort: skip
from . import calendar  # isort: skip
from . import people  # isort: skip
from . import forms  # isort: skip
from . import limits  # isort: skip
from . import prices  # isort: skip
from . import review_route  # isort: skip
from . import review  # isort: skip
from . import empty_seats  # isort: skip
from . import proof  # isort: skip
from . import signing  # isort: skip
from . import evidence  # isort: skip
from . import review_desk  # isort: skip
from . import intake  # isort: skip
from . import bots  # isort: skip
from . import document  # isort: skip
from . import schedule  # isort: skip
from . import money  # isort: skip
from . import hold  # isort: skip
from . import effect  # isort: skip
from . import confirmation  # isort: skip
from . import pickup  # isort: skip
from . import progress  # isort: skip
from . import planning  # isort: skip
from . import production  # isort: skip
from . import shipping  # isort: skip
from . import delivery  # isort: skip
from . import packing  # isort: skip
from . import shipping_desk  # isort: skip
from . import carriers  # isort: skip
from . import payment_plan  # isort: skip
from . import reach  # isort: skip
from . import versions  # isort: skip
from . import changes  # isort: skip
from . import edit_rules  # isort: skip
from . import delays  # isort: skip
from . import inspection  # isort: skip
from . import workshop  # isort: skip
from . import configuration_sheets  # isort: skip
from . import drawings  # isort: skip
from . import purchase_requests  # isort: skip
from . import production_plan  # isort: skip
from . import meetings  # isort: skip
from . import cases  # isort: skip
from . import case_portal  # isort: skip
from . import archive  # isort: skip
from . import accountability  # isort: skip
from . import figures  # isort: skip
from . import hints  # isort: skip
from . import urgent  # isort: skip
from . import sale_review  # isort: skip
from . import limit_events  # isort: skip
from . import papers  # isort: skip
from . import goods_papers  # isort: skip
from . import procedures  # isort: skip
from . import sale_order_recheck  # isort: skip
from . import sale_order, sale_order_line  # isort: skip
from . import mrp_production, mrp_workorder, stock_picking  # isort: skip
from . import stock_move, stock_move_line, stock_rule, stock_scrap  # isort: skip
from . import mrp_workcenter_productivity  # isort: skip
from . import purchase_order, ir_attachment  # isort: skip
from . import res_company, res_config_settings  # isort: skip
