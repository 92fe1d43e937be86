from . import sale_order_forms  # isort: skip
from . import order_form_prices, order_paper  # isort: skip
from . import order_paper_goods, order_paper_money  # isort: skip
from . import order_paper_f01, order_paper_f03, order_paper_f04  # isort: skip
from . import order_paper_f05, order_paper_f07, order_paper_f14  # isort: skip
from . import order_paper_f16, order_paper_f23, order_paper_f30  # isort: skip
from . import order_paper_f21, order_paper_f22  # isort: skip
from . import order_paper_sheet  # isort: skip
from . import order_paper_f02, order_paper_f27  # isort: skip
from . import order_paper_f28, order_paper_f29  # isort: skip
from . import order_paper_f24  # isort: skip
from . import order_paper_f25, order_paper_f25b  # isort: skip
