-- view: draft_change  What publishing a draft would change for whom: the rules are those of roster.publish.
-- scope: team r.team_id   for: commander secretary leader liaison   also: $team id?, $after utc?
-- columns: roster_id id, team_id id, version int, change text, person_id id, name name, need_id id, starts_on day, shift text, start_minute minute, end_minute minute, post text
WITH drafted AS (
    SELECT r.id AS roster_id, l.need_id, l.person_id, l.lead FROM roster r JOIN roster_line l ON l.roster_id = r.id
    JOIN need n ON n.id = l.need_id
    WHERE r.state = 'draft' AND ($team IS NULL OR r.team_id = $team) AND ($after IS NULL OR n.starts_at > $after)
), changed AS (
    SELECT f.roster_id, CASE WHEN d.id IS NULL THEN 'added' WHEN f.lead = 1 THEN 'leads' ELSE 'leads_no_more' END AS change,
        f.need_id, f.person_id
    FROM drafted f LEFT JOIN duty d ON d.need_id = f.need_id AND d.person_id = f.person_id AND d.seat IS NOT NULL
    WHERE (d.id IS NULL OR d.lead <> f.lead)
        AND (d.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM duty e WHERE e.need_id = f.need_id AND e.person_id = f.person_id
            AND NOT (e.state = 'cancelled' AND e.roster_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM roster_line k
                WHERE k.roster_id = e.roster_id AND k.need_id = e.need_id AND k.person_id = e.person_id))))
    UNION ALL
    SELECT r.id, 'removed', d.need_id, d.person_id
    FROM roster r JOIN need n ON n.team_id = r.team_id AND n.starts_on BETWEEN r.from_on AND r.to_on
    JOIN duty d ON d.need_id = n.id AND d.seat IS NOT NULL AND d.source = 'roster' AND d.state IN ('planned', 'confirmed')
    WHERE r.state = 'draft' AND ($team IS NULL OR r.team_id = $team) AND ($after IS NULL OR n.starts_at > $after)
        AND NOT EXISTS (SELECT 1 FROM roster_line l WHERE l.roster_id = r.id AND l.need_id = d.need_id AND l.person_id = d.person_id)
)
SELECT c.roster_id, r.team_id, r.version, c.change, c.person_id, /*name*/p.name/*end*/ AS name, c.need_id, n.starts_on, h.name AS shift,
    h.start_minute, h.end_minute, s.name AS post
FROM changed c JOIN roster r ON r.id = c.roster_id JOIN need n ON n.id = c.need_id JOIN shift h ON h.id = n.shift_id
JOIN post s ON s.id = n.post_id JOIN person p ON p.id = c.person_id
WHERE 1 = 1 /*scope*/
ORDER BY r.team_id, n.starts_at, s.name, n.id, c.change, c.person_id;
