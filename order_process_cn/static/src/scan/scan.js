import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";

/** A code that is typed, read by a scanner, or by the camera of a phone. */
export class ScanField extends CharField {
    static template = "order_process_cn.ScanField";

    get hasCamera() {
        return isBarcodeScannerSupported();
    }

    async onCamera() {
        const code = await scanBarcode(this.env);
        if (code) {
            await this.props.record.update({ [this.props.name]: code });
        }
    }
}

registry.category("fields").add("order_scan", { ...charField, component: ScanField });
