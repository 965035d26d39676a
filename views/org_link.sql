-- view: org_link  Links of agencies and branches: until when, and wrong tries of a day.
-- scope: org g.id   for: commander liaison   also: $since utc, $find text?, $pass id?, $purpose text?
-- columns: org_id id, name text, pass_id id, until utc, tries int
SELECT g.id AS org_id, g.name, x.id AS pass_id, x.expires_at AS until,
    (SELECT count(*) FROM pass_try y WHERE y.pass_id = x.id AND y.at > $since) AS tries
FROM org g LEFT JOIN pass x ON x.org_id = g.id AND x.purpose = COALESCE($purpose, 'open') AND x.revoked_at IS NULL
WHERE ($find IS NULL OR g.name LIKE '%' || $find || '%') AND ($pass IS NULL OR x.id = $pass) /*scope*/
ORDER BY g.id;
