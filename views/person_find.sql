-- view: person_find  People by a part of the name, unit, community or team, with their last answer; by id, so that a page goes on after the last.
-- scope: person p.id   for: commander liaison leader secretary auditor   names: commander liaison leader secretary   also: $q text?, $org id?, $community code?, $team id?, $answer text?, $after id?, $person id?, $phone text?
-- columns: id id, name name, phone phone, org text, community text, team text, answer text, work_unit text, kind text, placement text
SELECT p.id, /*name*/p.name/*end*/ AS name,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone,
    o.name AS org, v.name AS community,
    (SELECT min(t.name) FROM membership m JOIN team t ON t.id = m.team_id WHERE m.person_id = p.id AND m.state = 'active') AS team,
    (SELECT n.answer FROM notice n WHERE n.person_id = p.id ORDER BY n.id DESC LIMIT 1) AS answer,
    p.work_unit, p.kind, l.state AS placement
FROM person p LEFT JOIN org o ON o.id = p.org_id LEFT JOIN placement l ON l.id = p.placement_id
LEFT JOIN division v ON v.code = l.community_code
WHERE p.erased_at IS NULL AND ($person IS NULL OR p.id = $person) AND ($after IS NULL OR p.id > $after) AND ($q IS NULL OR p.name LIKE '%' || $q || '%')
    AND ($phone IS NULL OR (p.phone = $phone AND p.phone <> ''))
    AND ($community IS NULL OR l.community_code = $community)
    AND ($org IS NULL OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = p.org_id AND u.above_id = $org))
    AND ($team IS NULL OR EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.team_id = $team AND m.state = 'active'))
    AND ($answer IS NULL OR EXISTS (SELECT 1 FROM notice n WHERE n.person_id = p.id AND n.answer = $answer)) /*scope*/
ORDER BY p.id;
