from . import res_company, stock_move, stock_move_line, stock_quant  # isort: skip
