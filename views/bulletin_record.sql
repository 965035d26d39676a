-- view: bulletin_record  The records a figure of a bulletin counted, by their keys, as they stood when it was made.
-- scope: all   for: commander auditor   also: $bulletin id, $name text
-- columns: record text
SELECT r.record FROM bulletin_record r WHERE r.bulletin_id = $bulletin AND r.name = $name /*scope*/ ORDER BY r.record;
