-- view: withdrawal_unreported  Whom nobody has reported safe yet: the list to call.
-- scope: team w.team_id   for: commander secretary liaison leader   also: $withdrawal id?
-- columns: withdrawal_id id, team_id id, person_id id, name name, phone phone, org text, work_unit text
SELECT x.withdrawal_id, w.team_id, x.person_id, /*name*/p.name/*end*/ AS name,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone, g.name AS org, p.work_unit
FROM withdrawal_person x JOIN withdrawal w ON w.id = x.withdrawal_id JOIN person p ON p.id = x.person_id
LEFT JOIN org g ON g.id = p.org_id
WHERE x.safe_at IS NULL AND w.ended_at IS NULL AND ($withdrawal IS NULL OR x.withdrawal_id = $withdrawal) /*scope*/
ORDER BY x.withdrawal_id, x.person_id;
