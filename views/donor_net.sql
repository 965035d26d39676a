-- view: donor_net  Donors whose gifts of money, reversals taken off, come to more than nothing.
-- scope: all   for: commander auditor   names: commander auditor   also: $operation id, $until utc?
-- columns: donor_id id, donor name, anonymous yes, entries int, amount_fen int
SELECT r.id AS donor_id, max(/*name*/CASE WHEN r.anonymous = 1 THEN '' ELSE r.name END/*end*/) AS donor, r.anonymous, count(*) AS entries,
    CAST(sum(d.amount_fen) AS BIGINT) AS amount_fen
FROM donation d JOIN donor r ON r.id = d.donor_id
WHERE d.operation_id = $operation AND d.kind = 'money' AND ($until IS NULL OR d.recorded_at <= $until) /*scope*/
GROUP BY r.id, r.anonymous HAVING sum(d.amount_fen) > 0
ORDER BY r.id;
