-- view: person_link  Personal links: until when, and wrong tries of a day.
-- scope: person p.id   for: commander liaison leader   also: $since utc, $find text?, $pass id?, $person id?
-- columns: person_id id, name name, org text, phone phone, pass_id id, until utc, tries int
SELECT p.id AS person_id, /*name*/p.name/*end*/ AS name, g.name AS org,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone, x.id AS pass_id, x.expires_at AS until,
    (SELECT count(*) FROM pass_try y WHERE y.pass_id = x.id AND y.at > $since) AS tries
FROM person p LEFT JOIN org g ON g.id = p.org_id LEFT JOIN pass x ON x.person_id = p.id AND x.kind = 'person' AND x.purpose = 'open' AND x.revoked_at IS NULL
WHERE p.erased_at IS NULL AND ($pass IS NULL OR x.id = $pass) AND ($person IS NULL OR p.id = $person)
    AND ($find IS NULL OR p.name LIKE '%' || $find || '%'
        OR (length($find) = 4 AND length(p.phone) > 7 AND substr(p.phone, length(p.phone) - 3) = $find)) /*scope*/
ORDER BY p.id;
