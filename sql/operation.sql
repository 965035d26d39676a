-- name: operation.add
-- args: id int, title text, zone text, now int
INSERT INTO operation (id, title, zone, state, opened_at) VALUES ($id, $title, $zone, 'open', $now);
