-- view: column_choice  What columns of people's sheets were said to mean, by their set of headers.
-- scope: all   for: commander   also: $kind text?
-- columns: kind text, header_key text, label text, nth int, field text
SELECT c.kind, c.header_key, c.label, c.nth, c.field FROM column_choice c WHERE ($kind IS NULL OR c.kind = $kind) /*scope*/
ORDER BY c.kind, c.header_key, c.label, c.nth;
