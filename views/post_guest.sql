-- view: post_guest  Who has come to a post without a duty there, and is there or has just left.
-- scope: team x.team_id   for: commander secretary liaison leader auditor   also: $post id, $after utc
-- columns: id id, person_id id, name name, team_id id, in_minute minute, in_happened_at utc, out_happened_at utc
SELECT x.id, x.person_id, /*name*/p.name/*end*/ AS name, x.team_id, x.in_minute, x.in_happened_at, x.out_happened_at
FROM attendance x JOIN person p ON p.id = x.person_id
WHERE x.post_id = $post AND x.duty_id IS NULL AND x.void_at IS NULL AND x.in_happened_at > $after
    AND (x.out_happened_at IS NULL OR x.out_happened_at > $after) /*scope*/
ORDER BY x.in_happened_at, x.id;
