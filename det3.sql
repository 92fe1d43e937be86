explain (analyze,summary) SELECT o.id, EXISTS (SELECT FROM order_statement WHERE order_id = o.id), EXISTS(SELECT FROM order_forfeiture WHERE order_id = o.id), EXISTS(SELECT FROM order_urgent_member WHERE order_id = o.id), EXISTS (SELECT FROM stock_reference_sale_rel WHERE sale_id = o.id), o.quoted_facts IS NOT NULL
  from sale_order o where id in (20);
