-- view: certificate_check  Whether a certificate of this number is valid; one character of the name is hidden.
-- scope: public   also: $number text
-- columns: id id, number text, name text, operation text, issuer text, issued_at utc, zone text, revoked_at utc, replaced_by text
SELECT c.id, c.number, substr(p.name, 1, 1) || '*' || substr(p.name, 3) AS name, o.title AS operation, c.issuer, c.issued_at, o.zone, c.revoked_at,
    (SELECT min(y.number) FROM certificate y WHERE y.replaces_id = c.id) AS replaced_by
FROM certificate c JOIN person p ON p.id = c.person_id JOIN operation o ON o.id = c.operation_id
WHERE c.number = $number ORDER BY c.id;
