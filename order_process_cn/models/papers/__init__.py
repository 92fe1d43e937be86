from . import order_paper, order_paper_goods  # isort: skip
from . import (
    order_paper_f01,
    order_paper_f03,
    order_paper_f04,
    order_paper_f05,
    order_paper_f07,
    order_paper_f14,
    order_paper_f16,
    order_paper_f23,
    order_paper_f30,
)
