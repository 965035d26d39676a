-- name: login.find
-- args: person int, since int
SELECT p.id, p.name, l.hash, (SELECT count(*) FROM login_try y WHERE y.person_id = p.id AND y.at > $since) AS try_count
FROM person p LEFT JOIN login l ON l.person_id = p.id WHERE p.id = $person AND p.erased_at IS NULL;
-- name: login.code
-- args: person int, hash blob, now int
SELECT person_id FROM login_code WHERE person_id = $person AND hash = $hash AND expires_at > $now;
-- name: login.set_code
-- args: person int, hash blob, expires_at int
INSERT INTO login_code (person_id, hash, expires_at) VALUES ($person, $hash, $expires_at)
ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at;
-- name: login.drop_code
-- args: person int
DELETE FROM login_code WHERE person_id = $person;
-- name: login.set
-- args: person int, hash text
INSERT INTO login (person_id, hash) VALUES ($person, $hash) ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash;
-- name: login.add_try
-- args: id int, person int, now int
INSERT INTO login_try (id, person_id, at) VALUES ($id, $person, $now);
-- name: login.forgive
-- args: person int
DELETE FROM login_try WHERE person_id = $person;
-- name: login.strengthen
-- args: token_hash blob, person int, until int
UPDATE session SET strong_until = $until WHERE token_hash = $token_hash AND person_id = $person AND weak = 0 AND ended_at IS NULL;
-- name: login.end_others
-- args: token_hash blob, person int, now int
UPDATE session SET ended_at = $now WHERE person_id = $person AND token_hash <> $token_hash AND ended_at IS NULL;
