explain (analyze,summary) SELECT o.id, EXISTS (SELECT FROM order_statement WHERE order_id = o.id), EXISTS(SELECT FROM order_forfeiture WHERE order_id = o.id), EXISTS(SELECT FROM order_urgent_member WHERE order_id = o.id), EXISTS (SELECT FROM stock_reference_sale_rel WHERE sale_id = o.id), o.quoted_facts IS NOT NULL, EXISTS (        SELECT FROM sale_order_line l JOIN sale_order_line_invoice_rel r
            ON r.order_line_id = l.id WHERE l.order_id = o.id),
        EXISTS(SELECT FROM account_payment WHERE sale_order_id = o.id),
        EXISTS(SELECT FROM sale_order_transaction_rel WHERE sale_order_id = o.id)
  from sale_order o where id in (20);
