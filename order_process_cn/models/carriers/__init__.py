from . import delivery_carrier, order_carrier_transit, stock_picking_carriers
