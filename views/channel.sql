-- view: channel  Ways out to people, in the order they are tried.
-- scope: all   for: commander auditor
-- columns: name text, driver text, rank int, enabled yes, config text
SELECT c.name, c.driver, c.rank, c.enabled, c.config FROM channel c WHERE 1 = 1 /*scope*/ ORDER BY c.rank, c.name;
