-- view: person_known  People on the list as an import compares them with its rows: name, masked telephone, home in one form.
-- scope: all   for: commander
-- columns: id id, name name, phone phone, home_key text, org text
SELECT p.id, /*name*/p.name/*end*/ AS name,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone,
    p.home_key, o.name AS org
FROM person p LEFT JOIN org o ON o.id = p.org_id WHERE p.erased_at IS NULL /*scope*/ ORDER BY p.id;
