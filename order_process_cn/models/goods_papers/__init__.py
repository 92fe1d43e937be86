from . import order_paper_delivery  # isort: skip
from . import order_paper_f06  # isort: skip
from . import order_paper_f08, order_paper_f09  # isort: skip
from . import order_paper_f10  # isort: skip
from . import order_paper_f11, order_paper_f12, order_paper_f13  # isort: skip
from . import order_paper_f15, order_paper_f17, order_paper_f31  # isort: skip
from . import order_paper_f18, order_paper_f19, order_paper_f20  # isort: skip
from . import order_paper_f26, order_paper_f32  # isort: skip
from . import order_paper_f33  # isort: skip
from . import dispatch_notes  # isort: skip
