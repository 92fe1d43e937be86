# the runner looks for modules named test_… right here
from importlib.util import find_spec

from . import (
    test_house_names,
    test_house_rooms,
    test_house_rules,
    test_house_screens,
)
from .accountability import test_ledger
from .archive import test_archive
from .bots import (
    test_bot_delivery,
    test_bot_protocol,
    test_bot_security,
    test_bots,
)
from .calendar import (
    test_calendar_cron,
    test_calendar_exception,
    test_company_calendar,
    test_company_day,
    test_not_announced,
    test_public_holidays,
    test_working_time,
)
from .capacity import test_capacity
from .carriers import test_carriers
from .cases import test_case_portal, test_merged_customer, test_service_cases
from .change_effects import test_change_effects, test_change_releases
from .change_portal import test_change_portal
from .changes import (
    test_change_kinds,
    test_change_papers,
    test_change_queries,
    test_change_request,
    test_change_walk_round,
)
from .configuration_sheets import test_sheets
from .confirmation import (
    test_amended_statements,
    test_confirmation,
    test_confirmation_paths,
    test_statement_department,
    test_statement_seal,
)
from .delays import test_delay_reports, test_moved_dates
from .delivery import (
    test_acceptance,
    test_delivery_notes,
    test_delivery_receipts,
    test_dispatch_notes,
    test_shipping_notice,
)
from .demand import test_demand_plans, test_demand_roads
from .drawings import test_drawings
from .edit_rules import test_edit_reasons, test_edit_rules
from .effect import (
    test_cancel_with_own_rights,
    test_effect,
    test_issue_desk,
    test_launch,
    test_launch_freed,
    test_launch_roads,
    test_plain_screens,
    test_seat_needed_while_held,
    test_served_by_hand,
    test_type_screens,
    test_uninstall,
)
from .evidence import (
    test_amend,
    test_audit_people,
    test_evidence,
    test_gate_reads_records,
    test_merged_records,
    test_records,
)
from .figures import test_dashboards, test_figures
from .hints import test_hints
from .hold import (
    test_suspension,
    test_suspension_goods,
)
from .in_process import test_in_process
from .inspection import (
    test_concession,
    test_gate_roads,
    test_made_goods,
    test_outgoing,
    test_receipt_gate,
    test_receipt_notice,
)
from .intake import (
    test_classification,
    test_entry,
    test_entry_values,
    test_references,
)
from .limits import (
    test_limit_calendar,
    test_limit_check,
    test_limit_clock,
    test_limit_cutoff,
    test_limit_hours,
    test_limit_screens,
    test_limit_urgent,
)
from .mechanism import (
    test_canonical,
    test_client_context,
    test_company_of_rules,
    test_events,
    test_form_reading,
    test_given,
    test_in_force_since,
    test_memory,
    test_reach,
    test_recheck_isolation,
    test_recheck_topics,
    test_recheck_worker,
)
from .meetings import test_meetings
from .money import (
    test_allocation_screen,
    test_credit,
    test_deposit,
    test_deposit_online,
    test_deposit_rules,
    test_ledger_goods,
    test_ledger_matrix,
    test_money_closing,
    test_received,
    test_received_currency,
    test_terms,
)
from .order_import import test_order_import
from .packing import test_packing_check
from .papers import (
    test_forms_money,
    test_instruction,
    test_paper_content,
    test_paper_layout,
    test_paper_readers,
    test_paper_settings,
    test_shipping_release_paper,
)
from .payment_plan import test_handover, test_payment_plan
from .people import (
    test_delegation,
    test_leavers,
    test_people_sources,
    test_who_may_sign,
)
from .pickup import (
    test_forfeiture,
    test_pickup,
    test_pickup_mark,
)
from .planning import (
    test_availability,
    test_reallocation,
    test_reallocation_approval,
    test_reallocation_goods,
    test_reallocation_steps,
)
from .portal import (
    test_portal_drawing,
    test_portal_fields,
    test_portal_papers,
    test_portal_people,
    test_portal_roads,
)
from .prices import (
    test_confidential_prices,
    test_portal_link,
    test_price_fields,
    test_price_files,
    test_price_oracles,
    test_price_roads,
)
from .procedure_files import test_procedure_files
from .procedures import (
    test_every_procedure,
    test_followed,
    test_my_day,
    test_observation,
    test_procedure_trial,
    test_procedures,
)
from .production import (
    test_bill_of_materials,
    test_fact_words,
    test_mto_quantities,
    test_production_dates,
    test_production_facts,
    test_rights_of_the_workshop,
    test_seat_needed_later,
    test_subcontract_exemption,
    test_work_begun,
    test_work_order_countersign,
)
from .production_plan import test_kit, test_production_plan
from .progress import (
    test_delivery_report,
    test_kept_rows,
    test_portal,
    test_progress,
    test_standing,
)
from .projects import test_projects
from .purchase_requests import test_purchase_requests
from .reach import (
    test_changes_at_random,
    test_shelf_first,
    test_supplies_follow,
)
from .reading import test_fact_reader
from .review import (
    test_cycle,
    test_declined_without_route,
    test_document_screens,
    test_query_budgets,
    test_security,
)
from .review_desk import (
    test_notices,
    test_saved_forms,
    test_todo_gone,
)
from .review_route import (
    test_route_plan,
    test_route_screens,
    test_routes,
    test_stage_rules,
)
from .rights import (
    test_entered_values,
    test_kept_fields,
    test_models,
    test_others_orders,
    test_own_records,
    test_public_acts,
)
from .sale_review import (
    test_fact_schema,
    test_facts,
)
from .schedule import (
    test_allocation,
    test_delivery_promise,
    test_delivery_schedule,
    test_delivery_transfers,
    test_shipment_plan,
)
from .scores import test_ledger_sheet, test_scores
from .shifts import test_shifts
from .shipping import (
    test_shipping_emergency,
    test_shipping_gate,
    test_shipping_release,
    test_shipping_roads,
    test_shipping_tolerance,
    test_written_notice,
)
from .shipping_desk import test_deliveries, test_shipping_desk
from .signing import (
    test_acts,
    test_arguments,
    test_one_seat,
    test_outside_changes,
    test_registrar,
    test_wizards_own,
)
from .staged_effect import test_staged_effect
from .urgent import (
    test_measures,
    test_priority,
    test_urgency,
    test_urgent_rights,
)
from .workshop import (
    test_daily_report,
    test_step_owners,
    test_work_reports,
    test_workshop_roads,
)

if find_spec("hypothesis"):  # developers have it, a server need not
    from .cases import test_returns_at_random
    from .walk import test_walk
