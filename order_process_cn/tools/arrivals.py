"""Statements about goods that arrive, see ``models/inspection/families.py``."""

# what lies under the stock of a warehouse, and not under a place of quarantine
STOCK = """
    SELECT place.id FROM stock_location place
     WHERE EXISTS (
        SELECT FROM stock_warehouse house
          JOIN stock_location root ON root.id = house.lot_stock_id
         WHERE place.parent_path LIKE root.parent_path || '%%')
       AND NOT EXISTS (
        SELECT FROM stock_location apart
         WHERE apart.id = ANY(%(quarantine)s)
           AND place.parent_path LIKE apart.parent_path || '%%')
"""
# From some moves to all that their goods came from or went to before they were stock:
# through transfers and backorders (p), production orders split from one another (g) and
# moves (m) of the same product.
KIN = """
    WITH RECURSIVE kin(seed, product_id, kind, id) AS (
        SELECT id, product_id, 'm', id FROM stock_move WHERE id IN %(moves)s
         UNION
        SELECT kin.seed, kin.product_id, near.kind, near.id
          FROM kin CROSS JOIN LATERAL (
            SELECT 'p' AS kind, picking_id AS id FROM stock_move
             WHERE kin.kind = 'm' AND id = kin.id
             UNION ALL
            SELECT 'g', made.production_group_id FROM stock_move move
              JOIN mrp_production made ON made.id = move.production_id
             WHERE kin.kind = 'm' AND move.id = kin.id
             UNION ALL
            SELECT 'm', before.id FROM stock_move_move_rel link
              JOIN stock_move before ON before.id = link.move_orig_id
             WHERE kin.kind = 'm' AND link.move_dest_id = kin.id
               AND before.product_id = kin.product_id
               AND before.location_dest_id <> ALL(%(stock)s)
             UNION ALL
            SELECT 'm', after.id FROM stock_move_move_rel link
              JOIN stock_move own ON own.id = link.move_orig_id
              JOIN stock_move after ON after.id = link.move_dest_id
             WHERE kin.kind = 'm' AND link.move_orig_id = kin.id
               AND after.product_id = kin.product_id
               AND own.location_dest_id <> ALL(%(stock)s)
             UNION ALL
            SELECT 'm', id FROM stock_move
             WHERE kin.kind = 'p' AND picking_id = kin.id
               AND product_id = kin.product_id
             UNION ALL
            SELECT 'p', backorder_id FROM stock_picking
             WHERE kin.kind = 'p' AND id = kin.id
             UNION ALL
            SELECT 'p', id FROM stock_picking
             WHERE kin.kind = 'p' AND backorder_id = kin.id
             UNION ALL
            SELECT 'm', move.id FROM mrp_production made
              JOIN stock_move move ON move.production_id = made.id
             WHERE kin.kind = 'g' AND made.production_group_id = kin.id
               AND move.product_id = kin.product_id
          ) near
         WHERE near.id IS NOT NULL
    )
    SELECT kin.seed, kin.product_id, kin.kind, kin.id,
           -- what goes into stock from here was made here, whatever is chosen for it
           COALESCE(made.id IS NOT NULL AND (
               bom.type IS DISTINCT FROM 'subcontract' OR EXISTS (
                   SELECT FROM stock_move_line line
                    WHERE line.move_id = move.id
                      AND line.location_dest_id = ANY(%(stock)s))), FALSE),
           source.usage = 'supplier' OR move.purchase_line_id IS NOT NULL
               OR type.code = 'incoming' OR bom.type = 'subcontract',
           -- whom it was bought from, whoever is written on the transfer
           COALESCE(vendor.commercial_partner_id, partner.commercial_partner_id),
           type.id, entered.lots
      FROM kin
      LEFT JOIN stock_move move ON kin.kind = 'm' AND move.id = kin.id
      LEFT JOIN stock_location source ON source.id = move.location_id
      LEFT JOIN mrp_production made ON made.id = move.production_id
      LEFT JOIN mrp_bom bom ON bom.id = made.bom_id
      LEFT JOIN purchase_order_line bought ON bought.id = move.purchase_line_id
      LEFT JOIN res_partner vendor ON vendor.id = bought.partner_id
      LEFT JOIN stock_picking picking ON kin.kind = 'p' AND picking.id = kin.id
      LEFT JOIN stock_picking_type type ON type.id = picking.picking_type_id
      LEFT JOIN res_partner partner ON partner.id = picking.partner_id
      -- how much of each lot has entered stock by it, less what has left it again
      LEFT JOIN LATERAL (
        SELECT jsonb_object_agg(lot, quantity) AS lots
          FROM (
            SELECT COALESCE(lot.name, line.lot_name, '') AS lot,
                   SUM(CASE WHEN line.location_dest_id = ANY(%(stock)s)
                            THEN line.quantity_product_uom
                            ELSE -line.quantity_product_uom END) AS quantity
              FROM stock_move_line line
              JOIN stock_location source ON source.id = line.location_id
              JOIN stock_location target ON target.id = line.location_dest_id
              LEFT JOIN stock_lot lot ON lot.id = line.lot_id
             WHERE line.move_id = move.id AND line.state = 'done'
               AND (line.location_dest_id = ANY(%(stock)s))
                   <> (line.location_id = ANY(%(stock)s))
               AND source.usage NOT IN ('inventory', 'customer')
               AND target.usage IN ('internal', 'transit')
             GROUP BY 1
          ) own
      ) entered ON TRUE
"""
# Whoever asks takes turns on what was decided (an update: of two who asked at once the
# second fails to serialize, is tried again by core, and then sees what the first did).
# Asked of transfers and groups of production orders.
INSPECTED = """
    UPDATE order_inspection found SET write_date = write_date
     WHERE found.id IN (
        SELECT done.id FROM order_inspection done
          LEFT JOIN mrp_production made ON made.id = done.production_id
         WHERE done.state IN ('draft', 'waiting', 'done')
           AND done.kind IN ('incoming', 'final')
           AND done.product_id IN %(products)s
           AND (done.picking_id = ANY(%(pickings)s)
                OR made.production_group_id = ANY(%(groups)s)))
 RETURNING found.id
"""
