-- view: certificate_check  Whether a certificate of this number and tag is valid; one character of the name is hidden.
-- scope: public   also: $number text, $tag text
-- columns: id id, number text, name text, operation text, community text, service text, from_on day, to_on day, minutes int, issuer text, issued_at utc, zone text, revoked_at utc, replaced_by text
SELECT c.id, c.number, CASE WHEN length(p.name) < 2 THEN '*' ELSE substr(p.name, 1, 1) || '*' || substr(p.name, 3) END AS name,
    o.title AS operation, v.name AS community, c.service, c.from_on, c.to_on, c.minutes, c.issuer, c.issued_at, o.zone, c.revoked_at,
    (SELECT min(y.number) FROM certificate y WHERE y.replaces_id = c.id) AS replaced_by
FROM certificate c JOIN person p ON p.id = c.person_id JOIN operation o ON o.id = c.operation_id
LEFT JOIN division v ON v.code = c.community_code
WHERE c.number = $number AND c.tag = $tag AND c.tag <> '' ORDER BY c.id;
