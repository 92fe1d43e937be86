import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";

const LIMIT = 100;

/** How many seats wait for me, and the way to them. */
export class WaitingSystray extends Component {
    static template = "order_process_cn.WaitingSystray";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({count: 0});
        onWillStart(() => this.load());
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.load());
    }

    async load() {
        this.state.count = await this.orm.silent.call(
            "order.review.task",
            "my_waiting_count",
            []
        );
    }

    get label() {
        return this.state.count >= LIMIT ? `${LIMIT - 1}+` : this.state.count;
    }

    open() {
        this.action.doAction("order_process_cn.order_review_task_action_mine", {
            clearBreadcrumbs: true,
        });
    }
}

registry
    .category("systray")
    .add("order_process_cn.waiting", {Component: WaitingSystray}, {sequence: 25});
