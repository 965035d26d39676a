-- team_person: somebody on no list joins a team.
-- name: team_person.team
-- args: team int
SELECT operation_id, community_code FROM team WHERE id = $team;
-- name: team_person.load
-- args: id int
SELECT name FROM person WHERE id = $id AND erased_at IS NULL;
-- name: team_person.of_phone
-- args: phone text, team int
-- of the own team first
SELECT p.name, CASE WHEN EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.team_id = $team AND m.state = 'active')
    THEN 1 ELSE 0 END AS member
FROM person p WHERE p.phone = $phone AND p.phone <> '' AND p.erased_at IS NULL ORDER BY 2 DESC, p.id LIMIT 1;
-- name: team_person.member
-- args: team int, person int
SELECT id FROM membership WHERE team_id = $team AND person_id = $person AND state = 'active';
