import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

// every state has a sign and a word of its own: colours are not seen by everybody
const SIGNS = {
    running: "fa-circle text-success",
    soon: "fa-clock-o text-warning",
    late: "fa-exclamation-triangle text-danger",
    paused: "fa-pause-circle text-muted",
};

/** How much time is left of what falls due first. */
export class LimitLight extends Component {
    static template = "order_process_cn.LimitLight";
    static props = {...standardFieldProps, form: {type: String, optional: true}};

    get light() {
        return this.props.record.data[this.props.name];
    }

    get moreTitle() {
        return _t("%s more limits run on it", this.light.more);
    }

    get sign() {
        return SIGNS[this.light.state];
    }
}

registry.category("fields").add("order_limit_light", {
    component: LimitLight,
    displayName: _t("Time Limit"),
    supportedTypes: ["json"],
    // how much is said: all of it, or "short" on a card, "brief" in a column
    extractProps: ({options}) => ({form: options.form}),
});
