-- view: place_queue_person  People who could not be placed, with the address as written; of one group, if asked.
-- scope: all   for: commander   also: $text_key text?, $cause text?
-- columns: id id, name name, org text, address address, cause text, text_key text
SELECT p.id, /*name*/p.name/*end*/ AS name, o.name AS org, p.address_text AS address, l.reasons AS cause, l.text_key
FROM person p JOIN placement l ON l.id = p.placement_id LEFT JOIN org o ON o.id = p.org_id
WHERE p.erased_at IS NULL AND l.state = 'queued' AND ($text_key IS NULL OR l.text_key = $text_key)
    AND ($cause IS NULL OR l.reasons = $cause) /*scope*/ ORDER BY l.reasons, l.text_key, p.id;
