import {evaluateExpr} from "@web/core/py_js/py";
import {FormController} from "@web/views/form/form_controller";
import {patch} from "@web/core/utils/patch";

const SEEN = "order_review_seen";

/**
 * A button first saves the form and reads the document anew, with what others changed
 * meanwhile; only then does the web client reckon its context. A signature vouches for
 * what its signer was shown when he pressed the button: that is sent. When it is not
 * what is stored, the server refuses and says what has changed.
 */
patch(FormController.prototype, {
    async beforeExecuteActionButton(clickParams) {
        const {context} = clickParams;
        const signs = typeof context === "string" && context.includes(SEEN);
        const shown = signs && evaluateExpr(context, this.model.root.evalContext)[SEEN];
        const proceeds = await super.beforeExecuteActionButton(...arguments);
        if (signs) {
            clickParams.buttonContext = {...clickParams.buttonContext, [SEEN]: shown};
        }
        return proceeds;
    },
});
