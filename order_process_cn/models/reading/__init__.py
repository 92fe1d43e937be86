from . import order_fact_content, order_fact_reader
