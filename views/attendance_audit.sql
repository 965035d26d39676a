-- view: attendance_audit  What an auditor looks at: keyed from paper, recorded late, cut, closed by rule, changed, own, void.
-- scope: team x.team_id   for: commander secretary liaison leader auditor   also: $operation id?, $team id?, $from_on day?, $to_on day?, $what text?, $as_of utc?
-- columns: id id, what text, person_id id, name name, team_id id, team text, post text, starts_on day, in_happened_at utc, in_recorded_at utc, out_happened_at utc, confirmed_minutes int, by_id id, by name, sheet_no text, sheet_row int
WITH kind (what) AS (VALUES ('filled_in'), ('recorded_late'), ('claimed_cut'), ('closed_by_rule'), ('changed'), ('confirmed_own'), ('void'))
SELECT x.id, k.what, x.person_id, /*name*/p.name/*end*/ AS name, x.team_id, t.name AS team, s.name AS post, x.starts_on, x.in_happened_at, x.in_recorded_at,
    x.out_happened_at, x.confirmed_minutes, x.by_id, /*name*/b.name/*end*/ AS by, x.sheet_no, x.sheet_row
FROM attendance x JOIN person p ON p.id = x.person_id JOIN team t ON t.id = x.team_id LEFT JOIN post s ON s.id = x.post_id
JOIN person b ON b.id = x.by_id CROSS JOIN kind k
WHERE ($operation IS NULL OR t.operation_id = $operation) AND ($team IS NULL OR x.team_id = $team)
    AND ($from_on IS NULL OR x.starts_on >= $from_on) AND ($to_on IS NULL OR x.starts_on <= $to_on)
    AND ($what IS NULL OR k.what = $what) AND ($as_of IS NULL OR x.in_recorded_at <= $as_of)
    AND CASE k.what WHEN 'recorded_late' THEN CASE WHEN x.in_recorded_at - x.in_happened_at > 3600000 THEN 1 ELSE 0 END
        WHEN 'changed' THEN CASE WHEN x.confirmed_minutes <> (x.out_happened_at - x.in_happened_at) / 60000 THEN 1 ELSE 0 END
        WHEN 'confirmed_own' THEN CASE WHEN x.confirmed_by = x.person_id THEN 1 ELSE 0 END
        WHEN 'void' THEN CASE WHEN x.void_at IS NOT NULL THEN 1 ELSE 0 END
        ELSE CASE WHEN ' ' || x.marks || ' ' LIKE '% ' || k.what || ' %' THEN 1 ELSE 0 END END = 1 /*scope*/
ORDER BY x.starts_on, x.id, k.what;
