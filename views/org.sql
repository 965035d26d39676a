-- view: org  Organisations with what they belong to.
-- scope: org o.id
-- columns: id id, parent_id id, parent text, kind text, name text
SELECT o.id, o.parent_id, u.name AS parent, o.kind, o.name
FROM org o LEFT JOIN org u ON u.id = o.parent_id WHERE 1 = 1 /*scope*/ ORDER BY o.id;
