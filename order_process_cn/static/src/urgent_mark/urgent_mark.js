import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The mark of what an urgent order has caused: a word and a colour, everywhere the
 * same. The row or card around it turns red, see urgent_mark.scss. */
export class UrgentMark extends Component {
    static template = "order_process_cn.UrgentMark";
    static props = { ...standardFieldProps };
}

registry.category("fields").add("order_urgent_mark", {
    component: UrgentMark,
    displayName: _t("Urgent"),
    supportedTypes: ["boolean"],
    listViewWidth: 60,
    label: false,
});
