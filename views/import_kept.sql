-- view: import_kept  What an undone import left as it is, and why: changed since, answer, duty, gift, used.
-- scope: all   for: commander   also: $import id?
-- columns: import_id id, noun text, noun_key text, name text, why text
SELECT b.import_id, b.noun, b.noun_key, COALESCE(p.name, o.name, c.name, v.name, t.name) AS name, b.why
FROM import_before b LEFT JOIN person p ON b.noun = 'person' AND CAST(p.id AS TEXT) = b.noun_key
LEFT JOIN org o ON b.noun = 'org' AND CAST(o.id AS TEXT) = b.noun_key
LEFT JOIN compound c ON b.noun = 'compound' AND CAST(c.id AS TEXT) = b.noun_key
LEFT JOIN division v ON b.noun = 'division' AND v.code = b.noun_key
LEFT JOIN team t ON b.noun = 'team' AND CAST(t.id AS TEXT) = b.noun_key
WHERE b.state = 'kept' AND ($import IS NULL OR b.import_id = $import) /*scope*/
ORDER BY b.import_id, b.seq;
