-- view: division  Divisions with what lies above them, by code.
-- scope: public
-- columns: code code, name text, level text, parent_code code
SELECT code, name, level, parent_code FROM division ORDER BY code;
