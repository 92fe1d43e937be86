from . import stock_picking_transport
