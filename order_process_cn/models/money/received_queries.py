"""What the books say of sales orders, as SQL: see ``sale_order_money.py``."""

# Documents of the orders with everything that is matched with them, and what is left of
# payments registered on the orders.
#
# A document of several orders is divided by what it bills of each, unless the payment
# says for which it is. Of an entry that settles a document only the share counts as
# money that stands on an account where money lies: cash and bank, the payment's own
# outstanding account, accounts that are flagged so (bills). The rest, discounts and
# write-offs, settles without being money. Credit notes of the same orders are netting:
# they lower what is invoiced. A payment's own books tell its value in company currency.
BOOKS = """
    WITH wanted AS (
        SELECT UNNEST(%(orders)s) AS id
        UNION
        -- what is divided can only be followed as a whole
        SELECT other.order_id
          FROM order_payment_allocation own
          JOIN order_payment_allocation other ON other.payment_id = own.payment_id
         WHERE own.order_id = ANY(%(orders)s)
    ), linked AS (
        SELECT line.move_id
          FROM sale_order_line sol
          JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = sol.id
          JOIN account_move_line line ON line.id = rel.invoice_line_id
         WHERE sol.order_id IN (SELECT id FROM wanted)
        UNION
        SELECT line.move_id
          FROM order_forfeiture forfeiture
          JOIN account_move_line line ON line.order_forfeiture_id = forfeiture.id
         WHERE forfeiture.order_id IN (SELECT id FROM wanted)
    ), billed AS (
        SELECT DISTINCT ON (line.id) line.id, line.move_id,
               COALESCE(line.price_total, 0) AS amount,
               COALESCE(sol.order_id, forfeiture.order_id) AS order_id,
               COALESCE(sol.is_downpayment, FALSE) AS is_downpayment,
               forfeiture.id IS NOT NULL AS is_forfeiture
          FROM linked
          JOIN account_move_line line ON line.move_id = linked.move_id
          LEFT JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = line.id
          LEFT JOIN sale_order_line sol ON sol.id = rel.order_line_id
          LEFT JOIN order_forfeiture forfeiture
               ON forfeiture.id = line.order_forfeiture_id
         WHERE sol.id IS NOT NULL OR forfeiture.id IS NOT NULL
         ORDER BY line.id, sol.id
    ), share AS (
        SELECT move_id, order_id,
               COALESCE(SUM(amount) / NULLIF(SUM(SUM(amount)) OVER whole, 0),
                        1.0 / COUNT(*) OVER whole) AS part,
               COALESCE(SUM(amount) FILTER (WHERE is_downpayment OR is_forfeiture), 0)
               AS apart,
               BOOL_AND(BOOL_AND(is_downpayment)) OVER whole AS is_downpayment
          FROM billed
         GROUP BY move_id, order_id
        WINDOW whole AS (PARTITION BY move_id)
    ), doc AS (
        SELECT share.*, move.currency_id, move.date, move.amount_total_signed,
               CASE WHEN move.move_type = 'out_refund' THEN -1 ELSE 1 END AS sign,
               move.amount_total
          FROM share
          JOIN account_move move ON move.id = share.move_id
         WHERE move.state = 'posted' AND move.move_type IN ('out_invoice', 'out_refund')
    ), matched AS (
        SELECT due.id AS due_id, due.move_id, part.id, entry.id AS entry_id, entry.date,
               pay.id AS payment_id,
               COALESCE(pay.payment_type = 'outbound', FALSE) AS is_outbound,
               CASE WHEN part.debit_move_id = due.id
                    THEN part.debit_amount_currency
                    ELSE -part.credit_amount_currency END AS amount,
               CASE WHEN part.debit_move_id = due.id
                    THEN part.credit_amount_currency
                    ELSE -part.debit_amount_currency END AS own_amount,
               COALESCE(other.balance / NULLIF(other.amount_currency, 0), 1) AS rate
          FROM (SELECT DISTINCT move_id FROM doc) AS own
          JOIN account_move_line due ON due.move_id = own.move_id
          JOIN account_account account ON account.id = due.account_id
               AND account.account_type = 'asset_receivable'
          JOIN account_partial_reconcile part
               ON due.id IN (part.debit_move_id, part.credit_move_id)
          JOIN account_move_line other
               ON other.id = CASE WHEN part.debit_move_id = due.id
                                  THEN part.credit_move_id ELSE part.debit_move_id END
          JOIN account_move entry ON entry.id = other.move_id
          LEFT JOIN account_payment pay ON pay.id = entry.origin_payment_id
         WHERE entry.state = 'posted'
           AND (pay.id IS NULL OR pay.state IN ('in_process', 'paid'))
           AND NOT EXISTS (
               SELECT FROM account_move_line line
                 JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = line.id
                 JOIN sale_order_line sol ON sol.id = rel.order_line_id
                 JOIN doc ON doc.move_id = due.move_id AND doc.order_id = sol.order_id
                WHERE line.move_id = entry.id)
    ), registered AS (
        SELECT pay.id AS payment_id, pay.sale_order_id AS order_id,
               NULL::numeric AS amount
          FROM account_payment pay
         WHERE pay.sale_order_id IN (SELECT id FROM wanted)
            OR pay.sale_order_id IS NOT NULL
               AND pay.id IN (SELECT payment_id FROM matched)
        UNION ALL
        SELECT allocation.payment_id, allocation.order_id, allocation.amount
          FROM order_payment_allocation allocation
         WHERE allocation.order_id IN (SELECT id FROM wanted)
            OR allocation.payment_id IN (SELECT payment_id FROM matched)
    ), entry AS (
        SELECT move.id, COALESCE(LEAST(GREATEST(
                   SUM(line.balance) FILTER (
                       WHERE account.account_type IN ('asset_cash',
                                                      'liability_credit_card')
                          OR account.order_counts_as_money
                          OR account.id = pay.outstanding_account_id)
                   / NULLIF(-SUM(line.balance) FILTER (
                       WHERE account.account_type IN ('asset_receivable',
                                                      'liability_payable')), 0),
                   0), 1), 0) AS money
          FROM account_move move
          JOIN account_move_line line ON line.move_id = move.id
          JOIN account_account account ON account.id = line.account_id
          LEFT JOIN account_payment pay ON pay.id = move.origin_payment_id
         WHERE move.move_type = 'entry'
           AND (move.id IN (SELECT entry_id FROM matched)
                OR move.origin_payment_id IN (SELECT payment_id FROM registered))
         GROUP BY move.id
    ), settled AS (
        SELECT doc.order_id, doc.currency_id, matched.*, doc.is_downpayment,
               registered.payment_id IS NOT NULL AS is_registered,
               COALESCE(entry.money, 0) AS money,
               CASE WHEN COUNT(registered.payment_id) OVER whole = 0 THEN doc.part
                    ELSE COALESCE(COALESCE(registered.amount, 1)
                         / SUM(COALESCE(registered.amount, 1))
                           FILTER (WHERE registered.payment_id IS NOT NULL)
                           OVER whole, 0)
                         * (registered.payment_id IS NOT NULL)::int END AS part
          FROM matched
          JOIN doc ON doc.move_id = matched.move_id
          LEFT JOIN entry ON entry.id = matched.entry_id
          LEFT JOIN registered ON registered.payment_id = matched.payment_id
               AND registered.order_id = doc.order_id
        WINDOW whole AS (PARTITION BY matched.id, matched.due_id)
    ), open_payment AS (
        SELECT pay.id, pay.payment_type, line.date, line.currency_id, entry.money,
               -SUM(line.amount_residual_currency) AS amount,
               -SUM(CASE WHEN line.amount_currency = 0 THEN line.amount_residual
                         ELSE line.amount_residual_currency
                              * line.balance / line.amount_currency END)
               AS company_amount
          FROM account_payment pay
          JOIN account_move move ON move.id = pay.move_id AND move.state = 'posted'
          JOIN entry ON entry.id = move.id
          JOIN account_move_line line ON line.move_id = move.id
          JOIN account_account account ON account.id = line.account_id
               AND account.account_type IN ('asset_receivable', 'liability_payable')
         WHERE pay.id IN (SELECT payment_id FROM registered)
           AND pay.state IN ('in_process', 'paid')
         GROUP BY pay.id, pay.payment_type, line.date, line.currency_id, entry.money
    ), used AS (
        SELECT payment_id, order_id, SUM(own_amount * part) AS amount
          FROM settled
         WHERE payment_id IS NOT NULL
         GROUP BY payment_id, order_id
    ), rest AS (
        SELECT registered.order_id, open_payment.*,
               registered.amount AS share,
               GREATEST(registered.amount - COALESCE(used.amount, 0), 0) AS waiting
          FROM open_payment
          JOIN registered ON registered.payment_id = open_payment.id
          LEFT JOIN used ON used.payment_id = registered.payment_id
               AND used.order_id = registered.order_id
    ), advance AS (
        SELECT order_id, payment_type, date, currency_id, money, amount, company_amount,
               CASE WHEN share IS NULL THEN 1
                    ELSE LEAST(waiting / NULLIF(amount, 0),
                               waiting / NULLIF(SUM(waiting) OVER (PARTITION BY id), 0))
                    END AS part
          FROM rest
    ), receipt AS (
        SELECT order_id,
               CASE WHEN is_downpayment THEN 'downpayment'
                    WHEN is_registered AND NOT is_outbound THEN 'advance'
                    ELSE 'invoice' END AS kind,
               date, currency_id, amount * part * money AS amount,
               own_amount * rate * part * money AS company_amount
          FROM settled
        UNION ALL
        SELECT order_id, 'other', date, currency_id, amount * part * (1 - money),
               own_amount * rate * part * (1 - money)
          FROM settled
         WHERE money < 1
        UNION ALL
        SELECT order_id, CASE WHEN payment_type = 'outbound' THEN 'refund'
                              ELSE 'advance' END,
               date, currency_id, amount * money * part, company_amount * money * part
          FROM advance
         WHERE part IS NOT NULL
        UNION ALL
        SELECT order_id, 'ceiling', date, currency_id, sign * amount_total * part,
               amount_total_signed * part
          FROM doc
         WHERE is_downpayment
        UNION ALL
        -- a down payment is offset, a forfeiture stands on a row of its own
        SELECT order_id, 'billed', date, currency_id,
               sign * (amount_total * part - apart),
               amount_total_signed * (1 - apart / NULLIF(amount_total * part, 0)) * part
          FROM doc
         WHERE NOT is_downpayment
    )
    SELECT order_id, kind, date, currency_id, SUM(amount), SUM(company_amount)
      FROM (
        SELECT * FROM receipt
        {added}) AS receipt
     WHERE order_id = ANY(%(orders)s)
     GROUP BY order_id, kind, date, currency_id
"""

# Selects of the columns of ``BOOKS`` that rooms further down add to it.
ADDED = []


def add_receipts(select, read):
    """Have what ``select`` finds counted among the receipts of orders.

    :param dict read: ``{model: fields}`` that it looks at
    """
    ADDED.append(f"UNION ALL {select}")
    READ.update(read)


# Captured online, without a payment in the books yet (one that an accountant has reset
# to draft will come back; a cancelled or rejected one will not). A refund names its
# order through the payment that it gives back, a partial capture stands for its part.
ONLINE = """
    WITH paid AS (
        SELECT tx.id, MIN(rel.sale_order_id) AS order_id
          FROM payment_transaction tx
          JOIN sale_order_transaction_rel rel
               ON rel.transaction_id IN (tx.id, tx.source_transaction_id)
         WHERE tx.state = 'done' AND tx.operation IS DISTINCT FROM 'validation'
           AND COALESCE(tx.source_transaction_id, tx.id) IN (
               SELECT transaction_id FROM sale_order_transaction_rel
                WHERE sale_order_id = ANY(%(orders)s)
               UNION
               SELECT child.source_transaction_id FROM payment_transaction child
                 JOIN sale_order_transaction_rel own ON own.transaction_id = child.id
                WHERE own.sale_order_id = ANY(%(orders)s))
         GROUP BY tx.id
        HAVING COUNT(DISTINCT rel.sale_order_id) = 1
    )
    SELECT paid.order_id, 'online',
           COALESCE(tx.last_state_change, tx.create_date)::date,
           tx.currency_id, SUM(tx.amount), NULL
      FROM paid
      JOIN payment_transaction tx ON tx.id = paid.id
      LEFT JOIN account_payment pay ON pay.id = tx.payment_id
     WHERE (tx.payment_id IS NULL OR pay.state = 'draft')
       AND NOT EXISTS (
           SELECT FROM payment_transaction child
            WHERE child.source_transaction_id = tx.id
              AND child.operation IS NOT DISTINCT FROM tx.operation
              AND child.state IN ('done', 'cancel'))
     GROUP BY 1, 2, 3, 4
"""

# What will still be billed, with taxes: what is to leave and what has left, as far as
# no invoice that stands asks for it. Once nothing of a line is open any more, what has
# left is all there will be; what comes back does not have to be paid again.
UNBILLED = """
    WITH line AS (
        SELECT sol.order_id, sol.price_total, sol.product_uom_qty AS ordered,
               CASE WHEN moved.any AND NOT moved.waiting AND so.effect_state <> 'held'
                    THEN CASE WHEN template.invoice_policy = 'delivery'
                              THEN sol.qty_delivered
                              ELSE LEAST(sol.qty_delivered, sol.product_uom_qty) END
                    WHEN template.invoice_policy = 'delivery'
                    THEN GREATEST(sol.qty_delivered, sol.product_uom_qty)
                    ELSE sol.product_uom_qty END AS expected,
               COALESCE(invoiced.quantity, 0) AS invoiced
          FROM sale_order_line sol
          JOIN (SELECT id, COALESCE(effect_state, '') AS effect_state
                  FROM sale_order WHERE id = ANY(%(orders)s)) AS so
               ON so.id = sol.order_id
          LEFT JOIN product_product product ON product.id = sol.product_id
          LEFT JOIN product_template template ON template.id = product.product_tmpl_id
          LEFT JOIN uom_uom unit ON unit.id = sol.product_uom_id
          CROSS JOIN LATERAL (
               SELECT COUNT(*) > 0 AS any,
                      COALESCE(BOOL_OR(move.state NOT IN ('done', 'cancel')
                                       AND origin.usage <> 'customer'), FALSE)
                      AS waiting
                 FROM stock_move move
                 JOIN stock_location origin ON origin.id = move.location_id
                WHERE move.sale_line_id = sol.id) AS moved
          CROSS JOIN LATERAL (
               SELECT SUM(bill.quantity * COALESCE(other.factor / unit.factor, 1))
                      AS quantity
                 FROM sale_order_line_invoice_rel rel
                 JOIN account_move_line bill ON bill.id = rel.invoice_line_id
                 JOIN account_move move ON move.id = bill.move_id
                 LEFT JOIN uom_uom other ON other.id = bill.product_uom_id
                WHERE rel.order_line_id = sol.id AND move.state = 'posted'
                  AND move.move_type = 'out_invoice'
                  AND move.payment_state <> 'reversed') AS invoiced
         WHERE sol.display_type IS NULL AND NOT COALESCE(sol.is_downpayment, FALSE)
           AND sol.product_uom_qty <> 0
    ), left_over AS (
        SELECT order_id, price_total,
               CASE WHEN ordered > 0 THEN GREATEST(expected - invoiced, 0) / ordered
                    WHEN invoiced = 0 THEN 1 ELSE 0 END AS part
          FROM line
    )
    SELECT order_id, SUM(price_total * part), BOOL_AND(part = 1)
      FROM left_over
     GROUP BY order_id
"""

RATES = """
    SELECT asked.currency_id, asked.company_id, asked.date, COALESCE(
           (SELECT rate FROM res_currency_rate
             WHERE currency_id = asked.currency_id AND name <= asked.date
               AND (company_id IS NULL OR company_id = asked.company_id)
             ORDER BY company_id, name DESC LIMIT 1),
           (SELECT rate FROM res_currency_rate
             WHERE currency_id = asked.currency_id
               AND (company_id IS NULL OR company_id = asked.company_id)
             ORDER BY company_id, name LIMIT 1),
           1.0)
      FROM (VALUES %s) AS asked (currency_id, company_id, date)
"""

# what these queries look at, to be flushed before
READ = {
    "account.account": ["account_type", "order_counts_as_money"],
    "account.move": [
        "state",
        "move_type",
        "amount_total",
        "amount_total_signed",
        "payment_state",
        "origin_payment_id",
    ],
    "account.move.line": [
        "account_id",
        "balance",
        "amount_currency",
        "amount_residual",
        "amount_residual_currency",
        "price_total",
        "quantity",
        "order_forfeiture_id",
    ],
    "account.payment": [
        "state",
        "move_id",
        "sale_order_id",
        "payment_type",
        "outstanding_account_id",
    ],
    "account.partial.reconcile": ["debit_amount_currency", "credit_amount_currency"],
    "order.payment.allocation": ["payment_id", "order_id", "amount"],
    "payment.transaction": ["state", "amount", "payment_id", "sale_order_ids"],
    "sale.order.line": ["order_id", "is_downpayment", "invoice_lines"],
    "res.currency.rate": ["rate"],
}
READ_UNBILLED = {
    "account.move": ["state", "move_type", "payment_state"],
    "account.move.line": ["quantity", "product_uom_id"],
    "sale.order": ["effect_state"],
    "sale.order.line": [
        "order_id",
        "product_uom_qty",
        "qty_delivered",
        "price_total",
        "invoice_lines",
    ],
    "stock.move": ["state", "sale_line_id", "location_id"],
}
