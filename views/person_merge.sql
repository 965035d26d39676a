-- view: person_merge  People who were merged, and whether it was undone.
-- scope: all   for: commander
-- columns: id id, kept_id id, kept name, merged_id id, merged name, merged_at utc, undone_at utc
SELECT g.id, g.kept_id, /*name*/k.name/*end*/ AS kept, g.merged_id, /*name*/m.name/*end*/ AS merged, g.merged_at, g.undone_at
FROM person_merge g JOIN person k ON k.id = g.kept_id JOIN person m ON m.id = g.merged_id WHERE 1 = 1 /*scope*/ ORDER BY g.merged_at DESC, g.id DESC;
