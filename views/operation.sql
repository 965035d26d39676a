-- view: operation  Operations, newest first.
-- scope: public
-- columns: id id, title text, zone text, state text, opened_at utc, closed_at utc
SELECT id, title, zone, state, opened_at, closed_at FROM operation ORDER BY id DESC;
