import {Component, markup, useEffect, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

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

// what stands behind "More": act of the server -> method, context, label
const ACTS = [
    {act: "sign", method: "action_review_decide", context: {default_decision: "conditional"}, label: _t("Agree with conditions")},
    {act: "sign", method: "action_review_decide", context: {default_decision: "return"}, label: _t("Return")},
    {act: "hand", method: "action_review_hand", context: {default_act: "transfer"}, label: _t("Pass On")},
    {act: "hand", method: "action_review_hand", context: {default_act: "before"}, label: _t("Add a signer")},
    {act: "take_back", method: "action_review_reason", context: {default_act: "take_back"}, label: _t("Take back my agreement")},
    {act: "remove", method: "action_review_reason", context: {default_act: "remove"}, label: _t("Remove the signer I added")},
    {act: "contest", method: "action_review_reason", context: {default_act: "contest"}, label: _t("Contest")},
    {act: "withdraw", method: "action_review_reason", context: {default_act: "withdraw"}, label: _t("Withdraw")},
    {act: "urge", method: "action_review_reason", context: {default_act: "urge"}, label: _t("Urge")},
    {act: "register", method: "action_review_register", context: {}, label: _t("Register on behalf")},
    {act: "copy", method: "action_review_reason", context: {default_act: "copy"}, label: _t("Copy to")},
    {act: "print", method: "action_review_print", context: {}, label: _t("Print the countersign sheet")},
    {act: "comment", method: "action_review_reason", context: {default_act: "comment"}, label: _t("Comment")},
];

/** Stages, seats, people, decisions and time of a review, on the form. */
export class ReviewPanel extends Component {
    static template = "order_process_cn.ReviewPanel";
    static components = {Dropdown, DropdownItem};
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({cards: []});
        useEffect(
            () => {
                this.loadCards();
            },
            () => [this.props.record.resId, JSON.stringify(this.panel)]
        );
    }

    /** What else whoever signs looks at: asked for once the form is there. */
    async loadCards() {
        const review = this.panel && this.panel.cards;
        let cards = [];
        if (review) {
            try {
                cards = await this.orm.silent.call("order.review", "draw_cards", [[review]]);
            } catch {
                // reads the document, but is not concerned by its review
            }
        }
        if (review === (this.panel && this.panel.cards)) {
            this.state.cards = cards.map((card) => markup(card));
        }
    }

    get panel() {
        return this.props.record.data[this.props.name];
    }

    get stateLabel() {
        return STATES[this.panel.state];
    }

    get acts() {
        return ACTS.filter(({act}) => this.panel.acts.includes(act));
    }

    async onAct({method, context}) {
        const record = this.props.record;
        // what was shown when he chose, see review_seen.js
        const shown = record.data.review_digest;
        if (!(await record.save())) {
            return;
        }
        const action = await this.orm.call(record.resModel, method, [[record.resId]], {
            context: {...context, order_review_seen: shown},
        });
        const reload = () => record.load();
        if (action && action.type) {
            await this.action.doAction(action, {onClose: reload});
        } else {
            await reload();
        }
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
