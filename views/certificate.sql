-- view: certificate  Certificates of hours, with what is signed.
-- scope: person c.person_id   for: commander secretary liaison leader auditor   also: $operation id?, $certificate id?, $person id?
-- columns: id id, number text, tag text, person_id id, name name, operation_id id, operation text, community text, service text, from_on day, to_on day, minutes int, issuer text, issued_at utc, zone text, issued_by name, replaces text, replaced_by text, revoked_at utc, print_count int
SELECT c.id, c.number, c.tag, c.person_id, /*name*/p.name/*end*/ AS name, c.operation_id, o.title AS operation, v.name AS community, c.service, c.from_on, c.to_on, c.minutes,
    c.issuer, c.issued_at, o.zone, /*name*/b.name/*end*/ AS issued_by, x.number AS replaces,
    (SELECT y.number FROM certificate y WHERE y.replaces_id = c.id ORDER BY y.id LIMIT 1) AS replaced_by, c.revoked_at,
    c.print_count
FROM certificate c JOIN person p ON p.id = c.person_id JOIN operation o ON o.id = c.operation_id
LEFT JOIN division v ON v.code = c.community_code LEFT JOIN person b ON b.id = c.issued_by
LEFT JOIN certificate x ON x.id = c.replaces_id
WHERE ($operation IS NULL OR c.operation_id = $operation) AND ($certificate IS NULL OR c.id = $certificate)
    AND ($person IS NULL OR c.person_id = $person) /*scope*/
ORDER BY c.id;
