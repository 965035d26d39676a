-- name: division.find
-- args: code text
SELECT code, name, level, parent_code FROM division WHERE code = $code;
-- name: division.add
-- args: code text, name text, level text, parent text?
INSERT INTO division (code, name, level, parent_code) VALUES ($code, $name, $level, $parent);
-- name: division.change
-- args: code text, name text, level text, parent text?
UPDATE division SET name = $name, level = $level, parent_code = $parent
WHERE code = $code AND (name <> $name OR level <> $level OR parent_code IS DISTINCT FROM $parent) RETURNING code;
-- name: division.add_above
-- args: code text, parent text?
INSERT INTO division_above (code, above_code)
SELECT d.code, d.code FROM division d WHERE d.code = $code
UNION ALL
SELECT d.code, u.above_code FROM division d JOIN division_above u ON u.code = $parent WHERE d.code = $code;
-- name: division.clear_above
-- args: code text
DELETE FROM division_above WHERE code IN (SELECT b.code FROM division_above b WHERE b.above_code = $code);
-- name: division.build_above
-- args: code text
WITH RECURSIVE below (code) AS (
    SELECT d.code FROM division d WHERE d.code = $code
    UNION SELECT d.code FROM division d JOIN below b ON d.parent_code = b.code
), pair (code, above_code) AS (
    SELECT b.code, b.code FROM below b
    UNION SELECT p.code, d.parent_code FROM pair p JOIN division d ON d.code = p.above_code WHERE d.parent_code IS NOT NULL
)
INSERT INTO division_above (code, above_code) SELECT code, above_code FROM pair;
