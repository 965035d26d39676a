-- view: person_double  People who may be one: a question, or two of a family with one telephone, who are only told.
-- scope: all   for: commander   also: $question yes?
-- columns: a_id id, a name, b_id id, b name, why text, question yes, a_org text, b_org text, a_phone phone, b_phone phone, a_community text, b_community text
SELECT d.a_id, /*name*/d.a/*end*/ AS a, d.b_id, /*name*/d.b/*end*/ AS b, d.why, CASE WHEN d.why = 'family' THEN 0 ELSE 1 END AS question,
    o.name AS a_org, q.name AS b_org,
    CASE WHEN length(d.a_phone) > 7 THEN substr(d.a_phone, 1, 3) || '****' || substr(d.a_phone, length(d.a_phone) - 3)
        WHEN d.a_phone = '' THEN '' ELSE '****' END AS a_phone,
    CASE WHEN length(d.b_phone) > 7 THEN substr(d.b_phone, 1, 3) || '****' || substr(d.b_phone, length(d.b_phone) - 3)
        WHEN d.b_phone = '' THEN '' ELSE '****' END AS b_phone,
    v.name AS a_community, w.name AS b_community
FROM (
    SELECT x.id AS a_id, y.id AS b_id, x.name AS a, y.name AS b, x.phone AS a_phone, y.phone AS b_phone, x.org_id AS a_org_id, y.org_id AS b_org_id,
        x.placement_id AS a_placement, y.placement_id AS b_placement,
        CASE WHEN rtrim(replace(replace(replace(x.name, ' ', ''), '·', ''), '?', '_'), '0123456789')
                    LIKE rtrim(replace(replace(replace(y.name, ' ', ''), '·', ''), '?', '_'), '0123456789')
                OR rtrim(replace(replace(replace(y.name, ' ', ''), '·', ''), '?', '_'), '0123456789')
                    LIKE rtrim(replace(replace(replace(x.name, ' ', ''), '·', ''), '?', '_'), '0123456789') THEN 'phone' ELSE 'family' END AS why
    FROM person x JOIN person y ON y.phone = x.phone AND y.id > x.id
    WHERE x.phone <> '' AND y.phone <> '' AND x.erased_at IS NULL AND y.erased_at IS NULL
    UNION ALL
    SELECT x.id, y.id, x.name, y.name, x.phone, y.phone, x.org_id, y.org_id, x.placement_id, y.placement_id,
        CASE WHEN x.address_text <> '' AND x.address_text = y.address_text THEN 'address' ELSE 'one_phone' END
    FROM person x JOIN person y ON y.name = x.name AND y.id > x.id
    WHERE x.erased_at IS NULL AND y.erased_at IS NULL
        AND ((x.address_text <> '' AND x.address_text = y.address_text)
            OR ((x.phone = '' OR y.phone = '') AND NOT EXISTS (
                SELECT 1 FROM import_row r JOIN import_row s ON s.import_id = r.import_id JOIN import i ON i.id = r.import_id
                WHERE r.noun_id = x.id AND s.noun_id = y.id AND i.kind = 'people')))
) d LEFT JOIN org o ON o.id = d.a_org_id LEFT JOIN org q ON q.id = d.b_org_id
LEFT JOIN placement l ON l.id = d.a_placement LEFT JOIN division v ON v.code = l.community_code
LEFT JOIN placement m ON m.id = d.b_placement LEFT JOIN division w ON w.code = m.community_code
WHERE NOT EXISTS (SELECT 1 FROM person_apart t WHERE t.a_id = d.a_id AND t.b_id = d.b_id)
    AND ($question IS NULL OR (d.why <> 'family') = ($question <> 0)) /*scope*/
ORDER BY d.a_id, d.b_id;
