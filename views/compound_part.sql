-- view: compound_part  Compounds and roads with their other names and house numbers: what an address is looked for in.
-- scope: public
-- columns: id id, community_code code, kind text, name text, part text, alias text, number_from int, number_to int, side text
SELECT p.id, p.community_code, p.kind, p.name, 'name' AS part, CAST(NULL AS TEXT) AS alias,
    CAST(NULL AS BIGINT) AS number_from, CAST(NULL AS BIGINT) AS number_to, CAST(NULL AS TEXT) AS side
FROM compound p
UNION ALL
SELECT p.id, p.community_code, p.kind, p.name, 'alias', a.alias, NULL, NULL, NULL
FROM compound p JOIN compound_alias a ON a.compound_id = p.id
UNION ALL
SELECT p.id, p.community_code, p.kind, p.name, 'range', NULL, r.number_from, r.number_to, r.side
FROM compound p JOIN compound_range r ON r.compound_id = p.id
ORDER BY id, part, alias, number_from, number_to;
