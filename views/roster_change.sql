-- view: roster_change  Who must be told of a published roster: what came, what went, who leads now. Without a number the latest of each team.
-- scope: team r.team_id   also: $team id?, $roster id?
-- columns: roster_id id, team_id id, team text, version int, change text, person_id id, name name, starts_on day, shift text, post text, lead yes, state text, told yes
WITH wanted AS (
    SELECT v.id, v.team_id, v.version FROM roster v WHERE v.state <> 'draft' AND ($team IS NULL OR v.team_id = $team)
        AND CASE WHEN $roster IS NOT NULL THEN v.id = $roster
            ELSE v.version = (SELECT max(k.version) FROM roster k WHERE k.team_id = v.team_id AND k.state <> 'draft') END
), earlier AS (
    SELECT w.id AS roster_id, l.need_id, l.person_id, l.lead FROM wanted w
    JOIN roster b ON b.team_id = w.team_id AND b.version < w.version AND b.state <> 'draft'
    JOIN roster_line l ON l.roster_id = b.id JOIN need n ON n.id = l.need_id
    WHERE b.version = (SELECT max(k.version) FROM roster k WHERE k.team_id = w.team_id AND k.version < w.version
        AND k.state <> 'draft' AND n.starts_on BETWEEN k.from_on AND k.to_on)
), changed AS (
    SELECT w.id AS roster_id, CASE WHEN e.need_id IS NULL THEN 'added' WHEN l.lead = 1 THEN 'leads' ELSE 'leads_no_more' END AS change,
        l.need_id, l.person_id, l.lead
    FROM wanted w JOIN roster_line l ON l.roster_id = w.id
    LEFT JOIN earlier e ON e.roster_id = w.id AND e.need_id = l.need_id AND e.person_id = l.person_id
    WHERE (e.need_id IS NULL OR e.lead <> l.lead)
        AND EXISTS (SELECT 1 FROM duty d WHERE d.need_id = l.need_id AND d.person_id = l.person_id)
    UNION ALL
    SELECT e.roster_id, 'removed', e.need_id, e.person_id, e.lead
    FROM earlier e JOIN roster r ON r.id = e.roster_id JOIN need n ON n.id = e.need_id
    WHERE n.starts_on BETWEEN r.from_on AND r.to_on
        AND NOT EXISTS (SELECT 1 FROM roster_line l WHERE l.roster_id = e.roster_id AND l.need_id = e.need_id AND l.person_id = e.person_id)
        AND EXISTS (SELECT 1 FROM duty d WHERE d.need_id = e.need_id AND d.person_id = e.person_id AND d.state = 'cancelled')
)
SELECT c.roster_id, r.team_id, t.name AS team, r.version, c.change, c.person_id, /*name*/p.name/*end*/ AS name, n.starts_on, h.name AS shift, s.name AS post, c.lead,
    (SELECT d.state FROM duty d WHERE d.need_id = c.need_id AND d.person_id = c.person_id
        ORDER BY CASE WHEN d.seat IS NULL THEN 1 ELSE 0 END, d.id DESC LIMIT 1) AS state,
    CASE WHEN EXISTS (SELECT 1 FROM message m WHERE m.purpose = 'roster' AND m.purpose_id = c.roster_id
        AND m.person_id = c.person_id AND m.state IN ('sent', 'delivered')) THEN 1 ELSE 0 END AS told
FROM changed c JOIN roster r ON r.id = c.roster_id JOIN team t ON t.id = r.team_id JOIN need n ON n.id = c.need_id
JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id JOIN person p ON p.id = c.person_id
WHERE 1 = 1 /*scope*/
ORDER BY r.team_id, n.starts_at, s.name, n.id, c.change, c.person_id;
