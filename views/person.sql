-- view: person  People on the list, telephone masked.
-- scope: person p.id
-- columns: id id, name name, phone phone, org_id id, org text, work_unit text, kind text, placement text, community_code code, community text, version int
SELECT p.id, /*name*/p.name/*end*/ AS name,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone,
    p.org_id, o.name AS org, p.work_unit, p.kind, l.state AS placement, l.community_code, v.name AS community, p.version
FROM person p LEFT JOIN org o ON o.id = p.org_id LEFT JOIN placement l ON l.id = p.placement_id
LEFT JOIN division v ON v.code = l.community_code
WHERE p.erased_at IS NULL /*scope*/ ORDER BY p.id;
