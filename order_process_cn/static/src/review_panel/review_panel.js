import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const SEAT_ICONS = {
    agreed: "fa-check-circle text-success",
    conditional: "fa-check-circle text-warning",
    declined: "fa-times-circle text-danger",
    open: "fa-dot-circle-o text-primary",
    waiting: "fa-circle-o text-muted",
    closed: "fa-minus-circle text-muted",
    preview: "fa-circle-o text-muted",
};

const STATES = {
    preview: _t("Will be asked"),
    running: _t("Under review"),
    approved: _t("Approved"),
    declined: _t("Declined"),
    withdrawn: _t("Withdrawn"),
    cancelled: _t("Cancelled"),
    terminated: _t("Terminated"),
    outdated: _t("Outdated"),
};

const MODES = {
    all: _t("everybody signs"),
    any: _t("any one signs"),
    count: _t("a number of them sign"),
    turn: _t("one after another"),
};

/** Stages, seats, people, decisions and time of a review, on the form. */
export class ReviewPanel extends Component {
    static template = "order_process_cn.ReviewPanel";
    static props = {...standardFieldProps};

    get panel() {
        return this.props.record.data[this.props.name];
    }

    get stateLabel() {
        return STATES[this.panel.state];
    }

    modeLabel(stage) {
        return stage.total > 1 ? MODES[stage.mode] : "";
    }

    seatIcon(seat) {
        return SEAT_ICONS[seat.decision === "conditional" ? "conditional" : seat.state];
    }

    seatLabel(seat) {
        const labels = {
            agreed: seat.decision === "conditional" ? _t("agreed with conditions") : _t("agreed"),
            declined: _t("declined"),
            open: _t("to sign"),
            waiting: _t("not yet"),
            closed: _t("not needed any more"),
            preview: "",
        };
        return labels[seat.state];
    }

    mediumLabel(seat) {
        return {paper: _t("on paper"), chat: _t("in a group chat")}[seat.medium] || "";
    }

    formatDate(value) {
        return value ? formatDateTime(deserializeDateTime(value), {format: "MM-dd HH:mm"}) : "";
    }
}

export const reviewPanel = {
    component: ReviewPanel,
    displayName: _t("Review"),
    supportedTypes: ["json"],
};

registry.category("fields").add("order_review_panel", reviewPanel);
