-- name: reinforcement.teams
-- args: from_team int, to_team int
SELECT a.operation_id AS from_operation, b.operation_id AS to_operation FROM team a JOIN team b ON b.id = $to_team
WHERE a.id = $from_team;
-- name: reinforcement.add
-- args: id int, from_team int, to_team int, from_on text, to_on text, headcount int, why text, from_by int?, to_by int?
INSERT INTO reinforcement (id, from_team_id, to_team_id, from_on, to_on, state, headcount, why, from_by, to_by)
VALUES ($id, $from_team, $to_team, $from_on, $to_on, 'proposed', $headcount, $why, $from_by, $to_by);
-- name: reinforcement.load
-- args: id int
SELECT f.from_team_id, f.to_team_id, f.from_on, f.to_on, f.state, f.headcount, f.from_by, f.to_by, t.operation_id,
    t.name AS from_team, (SELECT count(*) FROM reinforcement_person x WHERE x.reinforcement_id = f.id) AS people
FROM reinforcement f JOIN team t ON t.id = f.from_team_id WHERE f.id = $id;
-- name: reinforcement.agree
-- args: id int, from_by int?, to_by int?, state text
UPDATE reinforcement SET from_by = $from_by, to_by = $to_by, state = $state WHERE id = $id;
-- name: reinforcement.set_state
-- args: id int, state text
UPDATE reinforcement SET state = $state WHERE id = $id;
-- name: reinforcement.at_home
-- args: team int, from_on text, to_on text
-- who is at home in these days: members less those lent out
SELECT count(*) AS people FROM membership m
WHERE m.team_id = $team AND m.state = 'active' AND m.source <> 'reinforcement'
    AND NOT EXISTS (SELECT 1 FROM reinforcement_person x JOIN reinforcement f ON f.id = x.reinforcement_id
        WHERE x.person_id = m.person_id AND f.from_team_id = m.team_id AND f.state IN ('proposed', 'accepted', 'in_force')
            AND f.from_on <= $to_on AND f.to_on >= $from_on);
-- name: reinforcement.home_minimum
-- args: team int, from_on text, to_on text
-- the most people that the home team's own needs want at one time in these days
SELECT COALESCE(max(q.wanted), 0) AS wanted FROM (
    SELECT (SELECT sum(o.headcount_min) FROM need o
        WHERE o.team_id = n.team_id AND o.starts_at <= n.starts_at AND o.ends_at > n.starts_at) AS wanted
    FROM need n WHERE n.team_id = $team AND n.starts_on BETWEEN $from_on AND $to_on) AS q;
-- name: reinforcement.setting
-- args: scope text
SELECT value FROM setting WHERE scope = $scope AND name = 'home_minimum';
-- name: reinforcement.member
-- args: team int, person int
SELECT m.id, p.name FROM membership m JOIN person p ON p.id = m.person_id
WHERE m.team_id = $team AND m.person_id = $person AND m.state = 'active' AND m.source <> 'reinforcement';
-- name: reinforcement.has_person
-- args: id int, person int
SELECT person_id FROM reinforcement_person WHERE reinforcement_id = $id AND person_id = $person;
-- name: reinforcement.add_person
-- args: id int, person int
INSERT INTO reinforcement_person (reinforcement_id, person_id, state) VALUES ($id, $person, 'accepted');
-- name: reinforcement.people
-- args: id int
SELECT person_id FROM reinforcement_person WHERE reinforcement_id = $id AND state = 'accepted' ORDER BY person_id;
-- name: reinforcement.add_member
-- args: id int, operation int, team int, person int, now int
INSERT INTO membership (id, operation_id, team_id, person_id, source, state, from_at)
VALUES ($id, $operation, $team, $person, 'reinforcement', 'active', $now);
-- name: reinforcement.end_members
-- args: id int, now int
UPDATE membership SET state = 'left', to_at = $now
WHERE source = 'reinforcement' AND state = 'active'
    AND team_id = (SELECT f.to_team_id FROM reinforcement f WHERE f.id = $id)
    AND person_id IN (SELECT x.person_id FROM reinforcement_person x WHERE x.reinforcement_id = $id);
-- name: lock.reinforcement
-- args: id int
SELECT id FROM reinforcement WHERE id = $id;
-- @postgres
SELECT id FROM reinforcement WHERE id = $id FOR NO KEY UPDATE;
