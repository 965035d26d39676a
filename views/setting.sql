-- view: setting  Settings.
-- scope: all
-- columns: scope text, name text, value text
SELECT s.scope, s.name, s.value FROM setting s WHERE 1 = 1 /*scope*/ ORDER BY s.scope, s.name;
