-- view: place_queue  Addresses that could not be placed, by cause, most first.
-- scope: person p.id
-- columns: cause text, count int
SELECT l.reasons AS cause, count(*) AS count
FROM person p JOIN placement l ON l.id = p.placement_id
WHERE p.erased_at IS NULL AND l.state = 'queued' /*scope*/ GROUP BY l.reasons ORDER BY count(*) DESC, l.reasons;
