-- view: place_rule  Addresses settled by hand.
-- scope: all   for: commander
-- columns: text_key text, community_code code, community text, outside yes, decided_by id, decided_at utc
SELECT r.text_key, r.community_code, v.name AS community, r.outside, r.decided_by, r.decided_at
FROM place_rule r LEFT JOIN division v ON v.code = r.community_code WHERE 1 = 1 /*scope*/ ORDER BY r.text_key;
