from . import (
    stock_picking_forms,
    stock_picking_goods,
    stock_picking_transport,
)
