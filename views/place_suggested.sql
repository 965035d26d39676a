-- view: place_suggested  Addresses that wait, under each community they may lie in; what placement.settle is given.
-- scope: division v.code   for: commander secretary
-- columns: community_code code, community text, cause text, text_key text, count int, example text
SELECT v.code AS community_code, v.name AS community, l.reasons AS cause, l.text_key, count(*) AS count, min(p.address_text) AS example
FROM division v JOIN placement l ON l.state = 'queued' AND (l.suggested_code = v.code
    OR l.candidates LIKE v.code || ' %' OR l.candidates LIKE '%; ' || v.code || ' %')
JOIN person p ON p.placement_id = l.id AND p.erased_at IS NULL
WHERE v.level = 'community' /*scope*/
GROUP BY v.code, v.name, l.reasons, l.text_key ORDER BY v.code, count(*) DESC, l.text_key, l.reasons;
