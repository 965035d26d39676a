-- view: certificate_day  The annex of a certificate: every confirmed attendance it counts.
-- scope: person a.person_id   for: commander secretary liaison leader auditor   also: $person id, $operation id
-- columns: id id, starts_on day, post text, in_at utc, out_at utc, minutes int, confirmed_by name, via text, marks text
SELECT a.id, a.starts_on, s.name AS post, a.in_happened_at AS in_at, a.out_happened_at AS out_at,
    a.confirmed_minutes AS minutes, /*name*/b.name/*end*/ AS confirmed_by, a.via, a.marks
FROM attendance a JOIN team t ON t.id = a.team_id LEFT JOIN post s ON s.id = a.post_id
LEFT JOIN person b ON b.id = a.confirmed_by
WHERE a.person_id = $person AND t.operation_id = $operation AND a.void_at IS NULL AND a.confirmed_minutes IS NOT NULL
    /*scope*/
ORDER BY a.starts_on, a.in_happened_at, a.id;
