-- name: roster.load
-- args: roster int
SELECT team_id, version, from_on, to_on, state, base_id FROM roster WHERE id = $roster;
-- name: roster.find_draft
-- args: team int
SELECT id FROM roster WHERE team_id = $team AND state = 'draft';
-- name: roster.add
-- args: id int, team int, from_on text, to_on text
INSERT INTO roster (id, team_id, version, from_on, to_on, state)
SELECT $id, t.id, COALESCE((SELECT max(r.version) FROM roster r WHERE r.team_id = t.id), 0) + 1, $from_on, $to_on, 'draft'
FROM team t WHERE t.id = $team;
-- name: roster.set_draft
-- args: id int, from_on text, to_on text, cost text, steps int, seed int
UPDATE roster SET from_on = $from_on, to_on = $to_on, cost = $cost, steps = $steps, seed = $seed,
    base_id = (SELECT b.id FROM roster b WHERE b.team_id = roster.team_id AND b.state = 'published'
        AND b.from_on <= $to_on AND b.to_on >= $from_on
        ORDER BY b.version DESC LIMIT 1)
WHERE id = $id;
-- name: roster.clear_lines
-- args: roster int
DELETE FROM roster_line WHERE roster_id = $roster;
-- name: roster.clear_gaps
-- args: roster int
DELETE FROM roster_gap WHERE roster_id = $roster;
-- name: roster.add_line
-- args: roster int, need int, person int, lead int, locked int
-- only needs and active members of the roster's own team: rights were checked for that team alone
INSERT INTO roster_line (roster_id, need_id, person_id, lead, locked)
SELECT r.id, n.id, m.person_id, $lead, $locked
FROM roster r JOIN need n ON n.team_id = r.team_id
JOIN membership m ON m.team_id = r.team_id AND m.state = 'active'
WHERE r.id = $roster AND n.id = $need AND m.person_id = $person AND n.starts_on BETWEEN r.from_on AND r.to_on
    AND (m.source = 'reinforcement') = EXISTS (SELECT 1 FROM reinforcement_person x JOIN reinforcement f ON f.id = x.reinforcement_id
        WHERE x.person_id = m.person_id AND x.state = 'accepted' AND f.state = 'in_force' AND n.starts_on BETWEEN f.from_on AND f.to_on
            AND m.team_id = CASE WHEN m.source = 'reinforcement' THEN f.to_team_id ELSE f.from_team_id END)
RETURNING need_id;
-- name: roster.add_gap
-- args: roster int, need int, missing int, proven int, explanation text
INSERT INTO roster_gap (roster_id, need_id, missing, proven, explanation)
SELECT r.id, n.id, $missing, $proven, $explanation FROM roster r JOIN need n ON n.team_id = r.team_id
WHERE r.id = $roster AND n.id = $need RETURNING need_id;
-- name: roster.lock
-- args: roster int, need int, person int, yes int
UPDATE roster_line SET locked = $yes WHERE roster_id = $roster AND need_id = $need AND person_id = $person
RETURNING need_id;
-- name: roster.lock_needs
-- args: roster int
SELECT n.id FROM need n JOIN roster r ON r.team_id = n.team_id
WHERE r.id = $roster AND n.starts_on BETWEEN r.from_on AND r.to_on ORDER BY n.id;
-- @postgres
SELECT n.id FROM need n JOIN roster r ON r.team_id = n.team_id
WHERE r.id = $roster AND n.starts_on BETWEEN r.from_on AND r.to_on ORDER BY n.id FOR NO KEY UPDATE OF n;
-- name: roster.lines
-- args: roster int
SELECT l.need_id, l.person_id, l.lead, n.starts_at FROM roster_line l JOIN need n ON n.id = l.need_id
WHERE l.roster_id = $roster ORDER BY n.starts_at, l.need_id, l.lead DESC, l.person_id;
-- name: roster.duties
-- args: roster int
SELECT d.id, d.need_id, d.person_id, d.seat, d.lead, d.state, d.starts_at, d.source,
    CASE WHEN d.state = 'cancelled' AND d.roster_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM roster_line l
        WHERE l.roster_id = d.roster_id AND l.need_id = d.need_id AND l.person_id = d.person_id)
        THEN 1 ELSE 0 END AS dropped
FROM duty d JOIN need n ON n.id = d.need_id JOIN roster r ON r.team_id = n.team_id
WHERE r.id = $roster AND n.starts_on BETWEEN r.from_on AND r.to_on ORDER BY d.id;
-- name: roster.lead_duty
-- args: id int, lead int, now int
UPDATE duty SET lead = $lead, version = version + 1, changed_at = $now WHERE id = $id;
-- name: roster.cancel_duty
-- args: id int, roster int, now int
UPDATE duty SET state = 'cancelled', seat = NULL, roster_id = $roster, version = version + 1, changed_at = $now WHERE id = $id;
-- name: roster.free_seat
-- args: need int
SELECT s.seat FROM need_seat s WHERE s.need_id = $need
    AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.need_id = s.need_id AND d.seat = s.seat)
ORDER BY s.seat LIMIT 1;
-- name: roster.busy
-- args: need int, person int
SELECT d.id FROM duty d JOIN need n ON n.id = $need
WHERE d.person_id = $person AND d.seat IS NOT NULL AND d.starts_at < n.ends_at AND n.starts_at < d.ends_at LIMIT 1;
-- name: roster.add_duty
-- args: id int, need int, person int, seat int, lead int, roster int, now int
INSERT INTO duty (id, need_id, person_id, seat, lead, state, starts_on, starts_at, ends_at, source, roster_id, changed_at)
SELECT $id, n.id, $person, $seat, $lead, 'planned', n.starts_on, n.starts_at, n.ends_at, 'roster', $roster, $now
FROM need n WHERE n.id = $need;
-- name: roster.supersede
-- args: roster int
UPDATE roster SET state = 'superseded' WHERE state = 'published'
    AND team_id = (SELECT r.team_id FROM roster r WHERE r.id = $roster)
    AND from_on <= (SELECT r.to_on FROM roster r WHERE r.id = $roster)
    AND to_on >= (SELECT r.from_on FROM roster r WHERE r.id = $roster);
-- name: roster.seen
-- args: roster int
-- as the view draft shows it
SELECT CAST(COALESCE(sum((l.need_id % 99991) * (l.person_id % 99989) % 99971 + 1 + 7 * l.lead), 0) AS BIGINT) AS seen
FROM roster_line l WHERE l.roster_id = $roster;
-- name: roster.publish
-- args: roster int
UPDATE roster SET state = 'published' WHERE id = $roster;
-- name: roster.told_about
-- args: roster int
SELECT r.version, t.operation_id, v.name AS community, COALESCE(l.name, d.name) AS contact, COALESCE(l.phone, d.phone) AS contact_phone
FROM roster r JOIN team t ON t.id = r.team_id JOIN division v ON v.code = t.community_code
LEFT JOIN person l ON l.id = t.liaison_id LEFT JOIN person d ON d.id = t.leader_id WHERE r.id = $roster;
-- name: roster.told_needs
-- args: roster int
SELECT n.id, n.starts_on, h.start_minute, h.end_minute, s.name AS post
FROM roster r JOIN need n ON n.team_id = r.team_id AND n.starts_on BETWEEN r.from_on AND r.to_on
JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id WHERE r.id = $roster ORDER BY n.id;
-- name: roster.told_person
-- args: person int
SELECT name FROM person WHERE id = $person AND phone <> '' AND erased_at IS NULL;
-- name: roster.locked
-- args: team int, from_on text, to_on text, now int
-- as the search takes them: of members, at what has not begun
SELECT l.need_id, l.person_id FROM roster r JOIN roster_line l ON l.roster_id = r.id AND l.locked = 1 JOIN need n ON n.id = l.need_id
WHERE r.team_id = $team AND r.state = 'draft' AND n.starts_on BETWEEN $from_on AND $to_on AND n.starts_at > $now
    AND EXISTS (SELECT 1 FROM membership m WHERE m.team_id = r.team_id AND m.person_id = l.person_id AND m.state = 'active')
ORDER BY l.need_id, l.person_id;
