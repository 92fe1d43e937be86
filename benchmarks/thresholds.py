"""What each figure may be at most; a figure without a line here is only reported."""

LIMITS = {
    "cycle_queries": 21,
    "cycle_submit_queries": 7,
    "cycle_sign_queries": 2,
    "cycle_last_queries": 6,
    "cycle_time_vs_oca": 0.4,
    "cycle_noticed_queries": 81,
    "cycle_noticed_time_vs_oca": 1 / 3,
    "batch200_queries_each": 0.5,
    "batch_growth_50_to_1000": 1.2,
    "header_write_extra_queries": 0,
    "line_write_extra_queries": 0,
    "create_extra_queries": 0,
    "import_extra_queries": 0,
    "list80_extra_queries": 0,
    "form_extra_queries": 0,
    "list80_reviewed_vs_plain": 1.10,
    "form_reviewed_vs_plain": 1.15,
    "form_reviewed_extra_queries": 4,
    "counter_queries": 1,
    "counter_ms": 2,
    "counter_ms_backlog_10000": 2,
    "member_change_queries": 99,
    "route_edit_queries": 99,
    "release300_vs_plain": 1.10,
    "release_growth_30_to_300": 1.25,
    "ship_unguarded_extra_queries": 0,
    "ship_guarded_extra_queries": 1,
    "ship300_vs_plain": 1.10,
    "desk80_vs_transfers": 1.10,
    "receipt_unguarded_extra_queries": 0,
    "receipt40_guarded_extra_queries": 8,
    "shortage120_queries": 15,
    "work_report_queries": 25,
    "limits_scan_ratio": 1.2,
    "change_apply_queries": 75,
    "order_form_with_changes_extra_queries": 1,
    "capacity_queries": 12,
    "impact_ms_2000": 2000,
    "impact_growth_200_to_2000": 6,
    "million_list_vs_10k": 1.25,
    "million_form_vs_10k": 1.25,
    "million_mine_vs_10k": 1.25,
    "million_dashboard_s": 2,
    "trial50_s": 30,
    "trial_growth_50_to_500": 12,
    "walk_failed": 0,
    "changes_violations": 0,
}
# the figure that says how far another one can be trusted
NOISE = {
    "cycle_time_vs_oca": "cycle_time_noise",
    "cycle_noticed_time_vs_oca": "cycle_noticed_time_noise",
    "list80_reviewed_vs_plain": "list80_reviewed_noise",
    "form_reviewed_vs_plain": "form_reviewed_noise",
    "release300_vs_plain": "release300_noise",
    "ship300_vs_plain": "ship300_noise",
    "desk80_vs_transfers": "desk80_noise",
    "limits_scan_ratio": "limits_scan_noise",
    "million_list_vs_10k": "million_list_noise",
    "million_form_vs_10k": "million_form_noise",
    "million_mine_vs_10k": "million_mine_noise",
    "batch_growth_50_to_1000": "batch_noise",
    "release_growth_30_to_300": "release300_noise",
}


def verdict(figures: dict, name: str) -> str:
    """ "ok", "above" or "within noise": above by less than the run's own noise."""
    value, limit = figures[name], LIMITS[name]
    if value <= limit:
        return "ok"
    noise = figures.get(NOISE.get(name, ""), 0)
    return "within noise" if value <= limit * (1 + noise) else "above"
