-- view: place_suggested  Addresses that wait, under the community they seem to lie in; what placement.settle is given.
-- scope: division l.suggested_code   for: commander secretary
-- columns: community_code code, community text, cause text, text_key text, count int, example text
SELECT l.suggested_code AS community_code, v.name AS community, l.reasons AS cause, l.text_key, count(*) AS count, min(p.address_text) AS example
FROM person p JOIN placement l ON l.id = p.placement_id JOIN division v ON v.code = l.suggested_code
WHERE p.erased_at IS NULL AND l.state = 'queued' /*scope*/
GROUP BY l.suggested_code, v.name, l.reasons, l.text_key ORDER BY l.suggested_code, count(*) DESC, l.text_key, l.reasons;
