-- view: person_double  People who may be one: a question, or two of a family with one telephone, who are only told.
-- scope: all   for: commander   also: $question yes?, $after_a id?, $after_b id?, $import id?
-- columns: a_id id, a name, b_id id, b name, why text, question yes, a_org text, b_org text, a_work_unit text, b_work_unit text, a_phone phone, b_phone phone, a_address text, b_address text, a_community text, b_community text, a_duties int, b_duties int, a_answers int, b_answers int
SELECT d.a_id, /*name*/x.name/*end*/ AS a, d.b_id, /*name*/y.name/*end*/ AS b, d.why, CASE WHEN d.why = 'family' THEN 0 ELSE 1 END AS question,
    o.name AS a_org, q.name AS b_org, x.work_unit AS a_work_unit, y.work_unit AS b_work_unit,
    CASE WHEN length(x.phone) > 7 THEN substr(x.phone, 1, 3) || '****' || substr(x.phone, length(x.phone) - 3)
        WHEN x.phone = '' THEN '' ELSE '****' END AS a_phone,
    CASE WHEN length(y.phone) > 7 THEN substr(y.phone, 1, 3) || '****' || substr(y.phone, length(y.phone) - 3)
        WHEN y.phone = '' THEN '' ELSE '****' END AS b_phone,
    x.address_text AS a_address, y.address_text AS b_address, v.name AS a_community, w.name AS b_community,
    (SELECT count(*) FROM duty g WHERE g.person_id = d.a_id) AS a_duties, (SELECT count(*) FROM duty g WHERE g.person_id = d.b_id) AS b_duties,
    (SELECT count(*) FROM notice n WHERE n.person_id = d.a_id AND n.answer IS NOT NULL) AS a_answers,
    (SELECT count(*) FROM notice n WHERE n.person_id = d.b_id AND n.answer IS NOT NULL) AS b_answers
FROM (
    -- one telephone: a question where the names may be one, with a number behind it or a rare sign as ?
    SELECT e.id AS a_id, f.id AS b_id,
        CASE WHEN rtrim(replace(e.name_key, '?', '_'), '0123456789') LIKE rtrim(replace(f.name_key, '?', '_'), '0123456789')
                OR rtrim(replace(f.name_key, '?', '_'), '0123456789') LIKE rtrim(replace(e.name_key, '?', '_'), '0123456789')
            THEN 'phone' ELSE 'family' END AS why
    FROM person e JOIN person f ON f.phone = e.phone AND f.id > e.id
    WHERE e.phone <> '' AND f.phone <> '' AND e.erased_at IS NULL AND f.erased_at IS NULL
    UNION ALL
    SELECT e.id, f.id, 'address'
    FROM person e JOIN person f ON f.name_key = e.name_key AND f.home_key = e.home_key AND f.id > e.id
    WHERE e.home_key <> '' AND e.erased_at IS NULL AND f.erased_at IS NULL AND (e.phone = '' OR e.phone <> f.phone)
    UNION ALL
    -- on one list without a telephone; of two on one list the list means two
    SELECT CASE WHEN e.id < f.id THEN e.id ELSE f.id END, CASE WHEN e.id < f.id THEN f.id ELSE e.id END, 'one_phone'
    FROM person e JOIN person f ON f.name_key = e.name_key AND f.id <> e.id
    WHERE e.phone = '' AND e.erased_at IS NULL AND f.erased_at IS NULL AND (f.phone <> '' OR f.id > e.id)
        AND NOT (e.home_key <> '' AND f.home_key = e.home_key)
        AND NOT EXISTS (SELECT 1 FROM import_row r JOIN import i ON i.id = r.import_id WHERE r.noun_id = e.id AND i.kind = 'people'
            AND r.import_id + 0 IN (SELECT t.import_id FROM import_row t WHERE t.noun_id = f.id))
) d JOIN person x ON x.id = d.a_id JOIN person y ON y.id = d.b_id LEFT JOIN org o ON o.id = x.org_id LEFT JOIN org q ON q.id = y.org_id
LEFT JOIN placement l ON l.id = x.placement_id LEFT JOIN division v ON v.code = l.community_code
LEFT JOIN placement m ON m.id = y.placement_id LEFT JOIN division w ON w.code = m.community_code
WHERE NOT EXISTS (SELECT 1 FROM person_apart t WHERE t.a_id = d.a_id AND t.b_id = d.b_id)
    AND ($question IS NULL OR (d.why <> 'family') = ($question <> 0))
    AND ($after_a IS NULL OR d.a_id > $after_a OR (d.a_id = $after_a AND d.b_id > $after_b))
    AND ($import IS NULL OR EXISTS (SELECT 1 FROM import_row r WHERE r.import_id = $import AND (r.noun_id = d.a_id OR r.noun_id = d.b_id))) /*scope*/
ORDER BY d.a_id, d.b_id;
