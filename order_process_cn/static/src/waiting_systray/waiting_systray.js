import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {rpcBus} from "@web/core/network/rpc";
import {useBus, useService} from "@web/core/utils/hooks";

const LIMIT = 100;

/** Whether a call has decided on a seat: a button of a document or of a question. */
function isAct({model = "", method = ""} = {}) {
    return (
        method.startsWith("action_review_") ||
        (model.startsWith("order.review") && method.startsWith("action_"))
    );
}

/** How many seats wait for me, and the way to them or to the only one. */
export class WaitingSystray extends Component {
    static template = "order_process_cn.WaitingSystray";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({count: 0});
        onWillStart(() => this.load());
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.load());
        // what I do here is counted at once: a button of a form only loads its record
        useBus(rpcBus, "RPC:RESPONSE", ({detail}) => {
            if (!detail.error && isAct(detail.data.params)) {
                this.load();
            }
        });
        // what others do, and I in another tab: with the to-do, as Odoo's own counter
        useService("bus_service").subscribe("mail.activity/updated", () => this.load());
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

    /** Open the list, or the one document that waits: nothing is to be chosen then. */
    async open() {
        const action =
            (this.state.count && this.state.count < LIMIT && (await this.findOnly())) ||
            "order_process_cn.order_review_task_action_mine";
        this.action.doAction(action, {clearBreadcrumbs: true});
    }

    /** The action that opens the only document, on which I may have several seats. */
    async findOnly() {
        const model = "order.review.task";
        const mine = [["is_mine", "=", true]];
        const tasks = await this.orm.searchRead(model, mine, ["review_id"], {limit: LIMIT});
        const reviews = new Set(tasks.map((task) => task.review_id[0]));
        const [task] = tasks;
        return reviews.size === 1 && this.orm.call(model, "action_open_document", [[task.id]]);
    }
}

registry
    .category("systray")
    .add("order_process_cn.waiting", {Component: WaitingSystray}, {sequence: 25});
