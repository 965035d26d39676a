-- view: org_headcount  Agencies that name nobody: how many people each has, and whom to ring there; also as it was said until a moment.
-- scope: org h.org_id   for: commander liaison auditor   names: commander liaison   also: $org id?, $until utc?
-- columns: id id, org_id id, org text, headcount int, contact name, phone phone, note name, said_at utc
SELECT h.id, h.org_id, g.name AS org, h.headcount, /*name*/h.contact/*end*/ AS contact,
    CASE WHEN length(h.phone) > 7 THEN substr(h.phone, 1, 3) || '****' || substr(h.phone, length(h.phone) - 3)
        WHEN h.phone = '' THEN '' ELSE '****' END AS phone, /*name*/h.note/*end*/ AS note, h.said_at
FROM org_headcount h JOIN org g ON g.id = h.org_id
WHERE ($org IS NULL OR h.org_id = $org) AND ($until IS NULL OR h.said_at <= $until)
    AND (h.replaced_at IS NULL OR ($until IS NOT NULL AND h.replaced_at > $until)) /*scope*/
ORDER BY h.org_id, h.id;
