-- view: import_row  Rows of imports, as read, with what was found wrong and what each became.
-- scope: all   for: commander   also: $import id?, $verdict text?
-- columns: import_id id, file text, row_no int, sheet text, sheet_row int, verdict text, trouble text, kind text, noun_id id, name text, cells text
SELECT r.import_id, i.file, r.row_no, r.sheet, r.sheet_row, r.verdict, r.trouble, i.kind, r.noun_id,
    CASE i.kind WHEN 'people' THEN p.name WHEN 'orgs' THEN o.name WHEN 'gazetteer' THEN c.name END AS name, r.cells
FROM import_row r JOIN import i ON i.id = r.import_id LEFT JOIN person p ON p.id = r.noun_id
LEFT JOIN org o ON o.id = r.noun_id LEFT JOIN compound c ON c.id = r.noun_id
WHERE ($import IS NULL OR r.import_id = $import) AND ($verdict IS NULL OR r.verdict = $verdict) /*scope*/
ORDER BY r.import_id, r.row_no;
