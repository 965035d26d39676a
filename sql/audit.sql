-- name: audit.head
-- args: lane int
SELECT seq, hash FROM audit WHERE lane = $lane ORDER BY seq DESC LIMIT 1;
-- name: audit.add
-- args: lane int, seq int, at int, principal text, actor_id int?, about_id int?, command text, key text?, args_hash blob, noun text, noun_id int?, topic text, body text, result text, source text, prev blob, hash blob
INSERT INTO audit (lane, seq, at, principal, actor_id, about_id, command, key, args_hash, noun, noun_id, topic, body,
    result, source, prev, hash)
VALUES ($lane, $seq, $at, $principal, $actor_id, $about_id, $command, $key, $args_hash, $noun, $noun_id, $topic, $body,
    $result, $source, $prev, $hash);
-- name: audit.add_private
-- args: lane int, seq int, part text, person int?, salt blob, value text
INSERT INTO audit_private (lane, seq, part, person_id, salt, value) VALUES ($lane, $seq, $part, $person, $salt, $value);
-- name: audit.by_key
-- args: principal text, key text
SELECT a.args_hash, a.result,
    (SELECT p.salt FROM audit_private p WHERE p.lane = a.lane AND p.seq = a.seq ORDER BY p.part LIMIT 1) AS salt
FROM audit a WHERE a.principal = $principal AND a.key = $key;
-- name: audit.page
-- args: lane int, seq int, count int
SELECT lane, seq, at, principal, actor_id, about_id, command, key, args_hash, noun, noun_id, topic, body, result, source,
    prev, hash
FROM audit WHERE (lane, seq) > ($lane, $seq) ORDER BY lane, seq LIMIT $count;
-- name: audit.heads
-- cross: from the lanes to the last row of each, never through all rows
SELECT a.lane, a.seq, a.hash FROM lane l
CROSS JOIN audit a WHERE a.lane = l.lane AND a.seq = (SELECT max(b.seq) FROM audit b WHERE b.lane = l.lane) ORDER BY l.lane;
-- name: audit.hash
-- args: lane int, seq int
SELECT hash FROM audit WHERE lane = $lane AND seq = $seq;
-- name: audit.lock_seals
SELECT one FROM installation;
-- @postgres
SELECT one FROM installation FOR NO KEY UPDATE;
-- name: audit.last_seal
SELECT id, at, heads, prev, hash FROM seal ORDER BY id DESC LIMIT 1;
-- name: audit.add_seal
-- args: id int, at int, heads text, prev blob, hash blob
INSERT INTO seal (id, at, heads, prev, hash) VALUES ($id, $at, $heads, $prev, $hash);
-- name: audit.seals
-- args: after int, count int
SELECT id, at, heads, prev, hash FROM seal WHERE id > $after ORDER BY id LIMIT $count;
-- name: audit.last_of
-- args: noun text, id int, in_list text
SELECT at, principal, command FROM audit WHERE noun = $noun AND (noun_id = $id OR result LIKE $in_list)
ORDER BY at DESC, seq DESC LIMIT 1;
