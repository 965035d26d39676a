-- view: bulletin  Bulletins, newest first.
-- scope: all   for: commander auditor   also: $operation id?
-- columns: id id, operation_id id, operation text, zone text, number int, as_of utc, state text, title text, issuer text, filled_by name, checked_by name, requests text
SELECT b.id, b.operation_id, o.title AS operation, o.zone, b.number, b.as_of, b.state, b.title, b.issuer,
    /*name*/f.name/*end*/ AS filled_by, /*name*/c.name/*end*/ AS checked_by, b.requests
FROM bulletin b JOIN operation o ON o.id = b.operation_id LEFT JOIN person f ON f.id = b.filled_by
LEFT JOIN person c ON c.id = b.checked_by
WHERE ($operation IS NULL OR b.operation_id = $operation) /*scope*/
ORDER BY b.id DESC;
