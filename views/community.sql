-- view: community  Communities with subdistrict and district, by code.
-- scope: public
-- columns: code code, community text, subdistrict text, district text
SELECT c.code, c.name AS community, s.name AS subdistrict, d.name AS district
FROM division c LEFT JOIN division s ON s.code = c.parent_code LEFT JOIN division d ON d.code = s.parent_code
WHERE c.level = 'community' ORDER BY c.code;
