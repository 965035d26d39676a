-- view: bulletin_public  Totals of the last frozen bulletin of each operation, as anybody may see them.
-- scope: public
-- columns: operation_id id, operation text, zone text, number int, as_of utc, name text, value int
SELECT b.operation_id, o.title AS operation, o.zone, b.number, b.as_of, f.name, f.value
FROM bulletin b JOIN operation o ON o.id = b.operation_id JOIN bulletin_figure f ON f.bulletin_id = b.id
WHERE b.state = 'frozen' AND f.name IN ('teams', 'communities', 'people', 'person_times', 'hours', 'donors', 'donated_yuan')
    AND NOT EXISTS (SELECT 1 FROM bulletin x WHERE x.operation_id = b.operation_id AND x.state = 'frozen'
        AND (x.as_of > b.as_of OR (x.as_of = b.as_of AND x.id > b.id)))
ORDER BY b.operation_id DESC, f.name;
