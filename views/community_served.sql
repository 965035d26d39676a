-- view: community_served  Communities in which somebody was on duty in the period.
-- scope: division t.community_code   also: $operation id, $from_on day?, $to_on day?, $until utc?
-- columns: community_code code, community text, team_id id, team text, person_times int
SELECT t.community_code, v.name AS community, t.id AS team_id, t.name AS team, count(*) AS person_times
FROM attendance a JOIN team t ON t.id = a.team_id JOIN division v ON v.code = t.community_code
WHERE t.operation_id = $operation AND a.void_at IS NULL AND ($from_on IS NULL OR a.starts_on >= $from_on)
    AND ($to_on IS NULL OR a.starts_on <= $to_on) AND ($until IS NULL OR a.in_recorded_at <= $until) /*scope*/
GROUP BY t.community_code, v.name, t.id, t.name
ORDER BY t.community_code;
