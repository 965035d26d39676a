-- view: place_queue  Addresses that could not be placed, those alike together, most first: what placement.settle is given.
-- scope: person p.id
-- columns: cause text, text_key text, community_code code, count int, example text, candidates text
SELECT l.reasons AS cause, l.text_key, max(l.suggested_code) AS community_code, count(*) AS count,
    min(p.address_text) AS example, max(l.candidates) AS candidates
FROM person p JOIN placement l ON l.id = p.placement_id
WHERE p.erased_at IS NULL AND l.state = 'queued' /*scope*/
GROUP BY l.reasons, l.text_key ORDER BY count(*) DESC, l.reasons, l.text_key;
