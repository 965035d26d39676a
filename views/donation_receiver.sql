-- view: donation_receiver  Communities that received gifts, with what they received.
-- scope: division d.community_code   also: $operation id, $until utc?
-- columns: community_code code, community text, entries int, amount_fen int
SELECT d.community_code, v.name AS community, count(*) AS entries, CAST(sum(d.amount_fen) AS BIGINT) AS amount_fen
FROM donation d JOIN division v ON v.code = d.community_code
WHERE d.operation_id = $operation AND ($until IS NULL OR d.recorded_at <= $until) /*scope*/
GROUP BY d.community_code, v.name
ORDER BY d.community_code;
