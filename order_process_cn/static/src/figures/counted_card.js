import { components } from "@odoo/o-spreadsheet";
import { SEE_RECORDS_PIVOT } from "@spreadsheet/pivot/pivot_actions";
import { patch } from "@web/core/utils/patch";

const OURS = "order_process_cn.";

/**
 * A card of our dashboards opens the rows that it counts, those of the chosen period,
 * as a cell of a pivot does. Cards of other dashboards open their menu.
 */
patch(components.ScorecardChart.prototype, {
    async onClick() {
        const position = this.env.isDashboard() && this.countedCell;
        if (!position) {
            return super.onClick();
        }
        await SEE_RECORDS_PIVOT(position, this.env);
    },

    /** The cell that is shown, if a pivot is counted in it; of a rate, what is divided. */
    get countedCell() {
        const getters = this.env.model.getters;
        const menu = getters.getChartOdooMenu(this.props.chartId);
        if (!menu?.xmlid?.startsWith(OURS)) {
            return undefined;
        }
        const { keyValue } = getters.getChartDefinition(this.props.chartId);
        const { sheetId, zone } = getters.getRangeFromSheetXC(
            getters.getActiveSheetId(),
            keyValue
        );
        const position = { sheetId, col: zone.left, row: zone.top };
        return getters.getPivotIdFromPosition(position) ? position : undefined;
    },
});
