from . import order_procedure_part  # isort: skip
from . import order_procedure, order_procedure_picture  # isort: skip
from . import order_review_task, res_company  # isort: skip
from . import order_followed  # isort: skip
from . import order_event, order_review_mixin, order_observation  # isort: skip
from . import order_observation_finding  # isort: skip
from . import mrp_production  # isort: skip
