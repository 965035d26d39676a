-- view: compound  Compounds and roads of the gazetteer.
-- scope: public
-- columns: id id, community_code code, community text, kind text, name text
SELECT p.id, p.community_code, v.name AS community, p.kind, p.name
FROM compound p JOIN division v ON v.code = p.community_code ORDER BY p.community_code, p.kind, p.name;
