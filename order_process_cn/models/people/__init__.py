from . import order_people_change, order_people_watch, order_people_mixin  # isort: skip
from . import crm_team, order_department, order_signer_list  # isort: skip
from . import order_department_right  # isort: skip
from . import order_delegation, res_groups  # isort: skip
from . import res_users  # isort: skip
