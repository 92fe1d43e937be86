import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** What is about to be signed, one card for each document. */
export class ReviewSummary extends Component {
    static template = "order_process_cn.ReviewSummary";
    static props = {...standardFieldProps};

    get items() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("order_review_summary", {
    component: ReviewSummary,
    displayName: _t("What Is Signed"),
    supportedTypes: ["json"],
});
