from . import mail_thread, order_engine_mixin, order_about_mixin  # isort: skip
from . import mail_activity, mail_activity_mixin, order_recheck  # isort: skip
from . import order_recheck_worker, order_recheck_mixin  # isort: skip
from . import order_condition_mixin, order_config_mixin, order_touched  # isort: skip
from . import order_event, order_event_mixin, order_reach_mixin  # isort: skip
from . import order_company_mixin, order_evidence_mixin  # isort: skip
from . import order_in_force_mixin  # isort: skip
from . import order_fact_reader, order_relation_reader  # isort: skip
from . import order_urgency_mixin  # isort: skip
