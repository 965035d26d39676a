-- name: pass.target
-- args: person int?, org int?, team int?, post int?
SELECT id FROM person WHERE id = $person AND erased_at IS NULL UNION ALL SELECT id FROM org WHERE id = $org
UNION ALL SELECT id FROM team WHERE id = $team UNION ALL SELECT id FROM post WHERE id = $post;
-- name: pass.of
-- args: kind text, purpose text, person int?, org int?, team int?, post int?
SELECT id, serial, expires_at FROM pass WHERE kind = $kind AND purpose = $purpose AND revoked_at IS NULL AND person_id IS NOT DISTINCT FROM $person
    AND org_id IS NOT DISTINCT FROM $org AND team_id IS NOT DISTINCT FROM $team AND post_id IS NOT DISTINCT FROM $post
ORDER BY id LIMIT 1;
-- name: pass.add
-- args: id int, kind text, purpose text, person int?, org int?, team int?, post int?, token_hash blob, expires_at int
INSERT INTO pass (id, kind, purpose, person_id, org_id, team_id, post_id, token_hash, expires_at)
VALUES ($id, $kind, $purpose, $person, $org, $team, $post, $token_hash, $expires_at);
-- name: pass.by_id
-- args: id int
-- the link of a calendar is renewed by its person alone
SELECT id, kind, serial, person_id FROM pass WHERE id = $id AND revoked_at IS NULL AND purpose <> 'calendar';
-- name: pass.renew
-- args: id int, serial int, token_hash blob, expires_at int
UPDATE pass SET serial = $serial, token_hash = $token_hash, expires_at = $expires_at WHERE id = $id;
-- name: pass.revoke
-- args: id int, now int
UPDATE pass SET revoked_at = $now WHERE id = $id;
-- name: pass.by_token
-- args: token_hash blob, purpose text, now int
SELECT x.id, x.kind, x.serial, x.person_id, x.org_id, x.team_id, x.post_id, p.name AS person, g.name AS org, t.name AS team,
    s.name AS post, s.team_id AS post_team_id
FROM pass x LEFT JOIN person p ON p.id = x.person_id LEFT JOIN org g ON g.id = x.org_id
LEFT JOIN team t ON t.id = x.team_id LEFT JOIN post s ON s.id = x.post_id
WHERE x.token_hash = $token_hash AND x.purpose = $purpose AND x.revoked_at IS NULL AND x.expires_at > $now AND p.erased_at IS NULL;
-- name: pass.fits
-- args: pass int, person int
SELECT p.phone FROM pass x JOIN person p ON p.id = $person AND p.erased_at IS NULL
WHERE x.id = $pass AND (x.person_id = p.id
    OR EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.state = 'active'
        AND m.team_id = COALESCE(x.team_id, (SELECT s.team_id FROM post s WHERE s.id = x.post_id)))
    OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = p.org_id AND u.above_id = x.org_id));
-- name: pass.anybody
-- args: pass int, person int
-- at the code of a post anybody who is known may say that he is here
SELECT p.phone FROM pass x JOIN person p ON p.id = $person AND p.erased_at IS NULL WHERE x.id = $pass AND x.kind = 'post';
-- name: pass.named
-- args: name text, digits text
-- of several with this name the one with these digits, else any, so that a wrong try is counted
SELECT id FROM person WHERE name = $name AND phone <> '' AND erased_at IS NULL
ORDER BY CASE WHEN substr(phone, length(phone) - 3) = $digits THEN 0 ELSE 1 END, id LIMIT 1;
-- name: pass.names
-- args: pass int
SELECT p.id, p.name FROM pass x JOIN person p ON p.erased_at IS NULL
WHERE x.id = $pass AND (EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.state = 'active'
        AND m.team_id = COALESCE(x.team_id, (SELECT s.team_id FROM post s WHERE s.id = x.post_id)))
    OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = p.org_id AND u.above_id = x.org_id))
ORDER BY p.pinyin, p.name, p.id LIMIT 1000;
-- name: pass.tries
-- args: pass int, person int, quarter int, day int
-- by name: whoever types one that several have tries them all at once
SELECT (SELECT count(*) FROM pass_try y JOIN person p ON p.id = y.person_id WHERE y.pass_id = $pass AND y.at > $quarter
        AND p.name = (SELECT q.name FROM person q WHERE q.id = $person)) AS name_count,
    (SELECT count(*) FROM pass_try y WHERE y.pass_id = $pass AND y.at > $day) AS day_count;
-- name: pass.own
-- args: person int
-- the personal link, the newest even if it was revoked: tries are counted on it
SELECT id FROM pass WHERE kind = 'person' AND purpose = 'open' AND person_id = $person ORDER BY id DESC LIMIT 1;
-- name: pass.add_try
-- args: id int, pass int, person int, now int
INSERT INTO pass_try (id, pass_id, person_id, at) VALUES ($id, $pass, $person, $now);
-- name: pass.role
-- args: person int, now int
SELECT role FROM role_grant WHERE person_id = $person AND from_at <= $now AND (until_at IS NULL OR until_at > $now)
ORDER BY role;
-- name: session.add
-- args: token_hash blob, person int, pass int?, serial int?, weak int, now int, expires_at int
INSERT INTO session (token_hash, person_id, pass_id, serial, weak, opened_at, expires_at)
VALUES ($token_hash, $person, $pass, $serial, $weak, $now, $expires_at);
-- name: session.find
-- args: token_hash blob, now int
SELECT s.person_id, s.weak, s.strong_until, s.opened_at, p.name, x.kind, x.team_id, x.post_id,
    (SELECT group_concat(g.role, ' ') FROM role_grant g WHERE s.weak = 0 AND g.person_id = s.person_id AND g.from_at <= $now
        AND (g.until_at IS NULL OR g.until_at > $now)) AS roles,
    s.expires_at, (SELECT min(g.until_at) FROM role_grant g WHERE s.weak = 0 AND g.person_id = s.person_id AND g.from_at <= $now
        AND g.until_at > $now) AS role_until
FROM session s JOIN person p ON p.id = s.person_id AND p.erased_at IS NULL LEFT JOIN pass x ON x.id = s.pass_id
WHERE s.token_hash = $token_hash AND s.expires_at > $now AND s.ended_at IS NULL
    AND (s.pass_id IS NULL OR (x.revoked_at IS NULL AND x.serial = s.serial));
-- @postgres
SELECT s.person_id, s.weak, s.strong_until, s.opened_at, p.name, x.kind, x.team_id, x.post_id,
    (SELECT string_agg(g.role, ' ') FROM role_grant g WHERE s.weak = 0 AND g.person_id = s.person_id AND g.from_at <= $now
        AND (g.until_at IS NULL OR g.until_at > $now)) AS roles,
    s.expires_at, (SELECT min(g.until_at) FROM role_grant g WHERE s.weak = 0 AND g.person_id = s.person_id AND g.from_at <= $now
        AND g.until_at > $now) AS role_until
FROM session s JOIN person p ON p.id = s.person_id AND p.erased_at IS NULL LEFT JOIN pass x ON x.id = s.pass_id
WHERE s.token_hash = $token_hash AND s.expires_at > $now AND s.ended_at IS NULL
    AND (s.pass_id IS NULL OR (x.revoked_at IS NULL AND x.serial = s.serial));
-- name: session.end
-- args: token_hash blob, person int, now int
UPDATE session SET ended_at = $now WHERE token_hash = $token_hash AND person_id = $person AND ended_at IS NULL;
-- name: session.end_others
-- args: token_hash blob, person int, now int
UPDATE session SET ended_at = $now WHERE token_hash <> $token_hash AND person_id = $person AND ended_at IS NULL AND expires_at > $now
RETURNING opened_at;
-- name: session.mine
-- args: person int, now int
SELECT s.opened_at, s.weak FROM session s LEFT JOIN pass x ON x.id = s.pass_id
WHERE s.person_id = $person AND s.ended_at IS NULL AND s.expires_at > $now
    AND (s.pass_id IS NULL OR (x.revoked_at IS NULL AND x.serial = s.serial))
ORDER BY s.opened_at DESC LIMIT 100;
