-- view: donation_my  What is recorded of a person's own gifts, reversals included.
-- scope: own r.person_id   also: $person id?
-- columns: id id, receipt_no text, operation_id id, operation text, person_id id, received_on day, kind text, amount_fen int, goods text, quantity int, goods_unit text, community text, receiver name, reverses text, reversed yes
SELECT d.id, d.receipt_no, d.operation_id, o.title AS operation, r.person_id, d.received_on, d.kind, d.amount_fen, d.goods, d.quantity,
    d.goods_unit, v.name AS community, /*name*/w.name/*end*/ AS receiver, x.receipt_no AS reverses,
    CASE WHEN EXISTS (SELECT 1 FROM donation z WHERE z.reverses_id = d.id) THEN 1 ELSE 0 END AS reversed
FROM donation d JOIN donor r ON r.id = d.donor_id JOIN operation o ON o.id = d.operation_id
LEFT JOIN division v ON v.code = d.community_code LEFT JOIN person w ON w.id = d.receiver_id LEFT JOIN donation x ON x.id = d.reverses_id
WHERE r.person_id IS NOT NULL AND ($person IS NULL OR r.person_id = $person) /*scope*/
ORDER BY d.id DESC;
