-- view: place_queue_person  People who could not be placed, with the address as written.
-- scope: all
-- columns: id id, name name, org text, address text, cause text
SELECT p.id, p.name, o.name AS org, p.address_text AS address, l.reasons AS cause
FROM person p JOIN placement l ON l.id = p.placement_id LEFT JOIN org o ON o.id = p.org_id
WHERE p.erased_at IS NULL AND l.state = 'queued' /*scope*/ ORDER BY l.reasons, p.id;
