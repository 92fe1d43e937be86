import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** What still stands in the way of the next step, and whose move it is. */
export class Checklist extends Component {
    static template = "order_process_cn.Checklist";
    static props = {...standardFieldProps};

    get checklist() {
        return this.props.record.data[this.props.name];
    }
}

export const checklist = {
    component: Checklist,
    displayName: _t("Conditions"),
    supportedTypes: ["json"],
};

registry.category("fields").add("order_checklist", checklist);
