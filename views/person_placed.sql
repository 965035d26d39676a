-- view: person_placed  People placed in a community.
-- scope: person p.id
-- columns: id id, name name, org text, community_code code, community text, subdistrict text, compound text, reasons text
SELECT p.id, /*name*/p.name/*end*/ AS name, o.name AS org, l.community_code, v.name AS community, s.name AS subdistrict, c.name AS compound,
    l.reasons
FROM person p JOIN placement l ON l.id = p.placement_id JOIN division v ON v.code = l.community_code
LEFT JOIN division s ON s.code = v.parent_code LEFT JOIN compound c ON c.id = l.compound_id LEFT JOIN org o ON o.id = p.org_id
WHERE p.erased_at IS NULL AND l.state = 'placed' /*scope*/ ORDER BY l.community_code, p.id;
