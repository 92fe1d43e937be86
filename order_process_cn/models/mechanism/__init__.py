from . import mail_thread  # isort: skip
from . import order_engine_mixin, order_about_mixin  # isort: skip
from . import mail_activity, mail_activity_mixin  # isort: skip
from . import order_recheck, order_recheck_worker, order_recheck_mixin  # isort: skip
from . import order_condition_mixin, order_config_mixin  # isort: skip
from . import order_touched, order_event, order_event_mixin  # isort: skip
from . import order_reach_mixin, order_company_mixin  # isort: skip
from . import order_evidence_mixin  # isort: skip
from . import order_in_force_mixin  # isort: skip
from . import order_fact_reader, order_relation_reader  # isort: skip
from . import order_urgency_mixin, order_review_mixin  # isort: skip
from . import order_review_facts_mixin  # isort: skip
from . import order_review_buttons_mixin, order_review_since  # isort: skip
from . import order_review_form_mixin  # isort: skip
from . import order_time_limit_mixin, order_review_limit_mixin  # isort: skip
