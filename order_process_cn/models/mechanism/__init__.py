from . import mail_thread, order_engine_mixin, order_about_mixin  # isort: skip
from . import order_append_only_mixin, order_entry_mixin  # isort: skip
from . import mail_activity, mail_activity_mixin  # isort: skip
from . import order_recheck, order_recheck_failures  # isort: skip
from . import order_recheck_worker, order_recheck_mixin  # isort: skip
from . import order_touched, order_event, order_event_mixin  # isort: skip
from . import order_condition_mixin, order_config_mixin  # isort: skip
from . import order_reach_mixin, order_company_mixin  # isort: skip
from . import order_evidence_mixin, order_slice_batch_mixin  # isort: skip
from . import order_in_force_mixin  # isort: skip
from . import order_fact_reader, order_relation_reader  # isort: skip
from . import order_urgency_mixin, res_company  # isort: skip
