-- view: donation_goods  Goods given, reversals taken off, by name and unit.
-- scope: all   for: commander auditor   also: $operation id, $until utc?
-- columns: goods text, goods_unit text, entries int, quantity int
SELECT d.goods, d.goods_unit, count(*) AS entries, CAST(COALESCE(sum(d.quantity), 0) AS BIGINT) AS quantity
FROM donation d WHERE d.operation_id = $operation AND d.kind = 'goods' AND ($until IS NULL OR d.recorded_at <= $until)
    /*scope*/
GROUP BY d.goods, d.goods_unit
ORDER BY d.goods, d.goods_unit;
