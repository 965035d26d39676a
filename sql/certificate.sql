-- name: certificate.hours
-- args: person int, operation int
-- what leaders have confirmed, and nothing else
SELECT count(*) AS entries, COALESCE(CAST(sum(a.confirmed_minutes) AS BIGINT), 0) AS minutes, min(a.starts_on) AS from_on,
    max(a.starts_on) AS to_on
FROM attendance a JOIN team t ON t.id = a.team_id
WHERE a.person_id = $person AND t.operation_id = $operation AND a.void_at IS NULL AND a.confirmed_minutes IS NOT NULL;
-- name: certificate.community
-- args: person int, operation int
SELECT t.community_code, v.name FROM attendance a JOIN team t ON t.id = a.team_id JOIN division v ON v.code = t.community_code
WHERE a.person_id = $person AND t.operation_id = $operation AND a.void_at IS NULL AND a.confirmed_minutes IS NOT NULL
GROUP BY t.community_code, v.name ORDER BY sum(a.confirmed_minutes) DESC, t.community_code LIMIT 1;
-- name: certificate.posts
-- args: person int, operation int
SELECT s.name, sum(a.confirmed_minutes) AS minutes FROM attendance a JOIN team t ON t.id = a.team_id
JOIN post s ON s.id = a.post_id
WHERE a.person_id = $person AND t.operation_id = $operation AND a.void_at IS NULL AND a.confirmed_minutes IS NOT NULL
GROUP BY s.id, s.name ORDER BY 2 DESC, s.id LIMIT 3;
-- name: certificate.about
-- args: person int, operation int
SELECT p.name, p.erased_at, o.title, o.zone FROM person p JOIN operation o ON o.id = $operation WHERE p.id = $person;
-- name: certificate.lock
-- args: operation int
SELECT id FROM operation WHERE id = $operation;
-- @postgres
SELECT id FROM operation WHERE id = $operation FOR NO KEY UPDATE;
-- name: certificate.next_number
-- args: operation int
SELECT count(*) + 1 AS number FROM certificate WHERE operation_id = $operation;
-- name: certificate.valid
-- args: person int, operation int
SELECT id, number FROM certificate WHERE person_id = $person AND operation_id = $operation AND revoked_at IS NULL
ORDER BY id LIMIT 1;
-- name: certificate.add
-- args: id int, person int, operation int, number text, minutes int, from_on text, to_on text, issuer text, signature blob, tag text, now int, by int?, community_code text?, service text, replaces int?
INSERT INTO certificate (id, person_id, operation_id, number, minutes, from_on, to_on, issuer, signature, tag, issued_at, issued_by,
    community_code, service, replaces_id)
VALUES ($id, $person, $operation, $number, $minutes, $from_on, $to_on, $issuer, $signature, $tag, $now, $by, $community_code,
    $service, $replaces);
-- name: certificate.load
-- args: id int
SELECT c.person_id, c.operation_id, c.number, c.issuer, c.service, c.revoked_at, c.minutes, c.from_on, c.to_on, c.signature,
    c.issued_at, p.name, o.title, o.zone, v.name AS community
FROM certificate c JOIN person p ON p.id = c.person_id JOIN operation o ON o.id = c.operation_id
LEFT JOIN division v ON v.code = c.community_code WHERE c.id = $id;
-- name: certificate.print
-- args: id int
UPDATE certificate SET print_count = print_count + 1 WHERE id = $id RETURNING print_count;
-- name: certificate.revoke
-- args: id int, now int
UPDATE certificate SET revoked_at = $now WHERE id = $id AND revoked_at IS NULL RETURNING id;
