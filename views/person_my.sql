-- view: person_my  What is kept of a person, telephone masked.
-- scope: own p.id   also: $person id?
-- columns: id id, name name, phone phone, community_code code, community text
SELECT p.id, /*name*/p.name/*end*/ AS name,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone, l.community_code, v.name AS community
FROM person p LEFT JOIN placement l ON l.id = p.placement_id LEFT JOIN division v ON v.code = l.community_code
WHERE p.erased_at IS NULL AND ($person IS NULL OR p.id = $person) /*scope*/ ORDER BY p.id;
