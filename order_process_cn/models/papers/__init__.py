from . import sale_order_forms  # isort: skip
from . import order_paper, order_paper_goods, order_paper_money  # isort: skip
from . import order_form_prices, order_paper_delivery  # isort: skip
from . import order_paper_f01, order_paper_f03, order_paper_f04  # isort: skip
from . import order_paper_f05, order_paper_f07, order_paper_f14  # isort: skip
from . import order_paper_f12, order_paper_f13  # isort: skip
from . import order_paper_f16, order_paper_f23, order_paper_f30  # isort: skip
from . import order_paper_f17  # isort: skip
from . import order_paper_f18, order_paper_f19, order_paper_f20  # isort: skip
from . import order_paper_f33  # isort: skip
