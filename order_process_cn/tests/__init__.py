# the runner looks for modules named test_… right here
from . import test_house_rules
from .bots import test_bot_delivery, test_bot_protocol, test_bot_security, test_bots
from .calendar import (
    test_calendar_exception,
    test_company_calendar,
    test_public_holidays,
    test_working_time,
)
from .effect import (
    test_confirmation,
    test_credit,
    test_deposit,
    test_deposit_online,
    test_deposit_rules,
    test_effect,
    test_forfeiture,
    test_forms_money,
    test_instruction,
    test_issue_desk,
    test_pickup,
    test_portal,
    test_progress,
    test_received,
    test_received_currency,
    test_terms,
)
from .intake import test_classification, test_entry
from .limits import (
    test_limit_calendar,
    test_limit_check,
    test_limit_clock,
    test_limit_screens,
    test_limit_urgent,
)
from .mechanism import test_canonical, test_form_reading
from .planning import (
    test_availability,
    test_reallocation,
    test_reallocation_approval,
    test_reallocation_goods,
    test_reallocation_steps,
)
from .prices import test_confidential_prices
from .production import test_production_dates, test_work_order_countersign
from .review import (
    test_acts,
    test_confirmation_paths,
    test_cycle,
    test_fact_schema,
    test_facts,
    test_notices,
    test_query_budgets,
    test_routes,
    test_security,
    test_stage_rules,
)
from .urgent import test_priority, test_urgency
