-- view: donation_slip  What stands on the slip of one gift.
-- scope: division d.community_code   for: commander secretary auditor   names: commander secretary auditor   also: $donation id
-- columns: id id, receipt_no text, operation text, received_on day, donor name, anonymous yes, kind text, amount_fen int, goods text, quantity int, goods_unit text, community text, subdistrict text, receiver name, purpose text, voucher_no text, reversed yes
SELECT d.id, d.receipt_no, o.title AS operation, d.received_on, /*name*/CASE WHEN r.anonymous = 1 THEN '' ELSE r.name END/*end*/ AS donor,
    r.anonymous, d.kind, d.amount_fen, d.goods, d.quantity, d.goods_unit, v.name AS community, u.name AS subdistrict,
    /*name*/w.name/*end*/ AS receiver, d.purpose, d.voucher_no,
    CASE WHEN EXISTS (SELECT 1 FROM donation x WHERE x.reverses_id = d.id) THEN 1 ELSE 0 END AS reversed
FROM donation d JOIN donor r ON r.id = d.donor_id JOIN operation o ON o.id = d.operation_id
LEFT JOIN division v ON v.code = d.community_code LEFT JOIN division u ON u.code = v.parent_code
LEFT JOIN person w ON w.id = d.receiver_id
WHERE d.id = $donation /*scope*/
ORDER BY d.id;
