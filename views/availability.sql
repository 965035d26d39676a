-- view: availability  When people can and cannot, newest wish last.
-- scope: person v.person_id   for: commander leader liaison   also: $person id?
-- columns: id id, person_id id, name name, starts_at utc, ends_at utc, level text, source text, version int
SELECT v.id, v.person_id, /*name*/p.name/*end*/ AS name, v.starts_at, v.ends_at, v.level, v.source, v.version
FROM availability v JOIN person p ON p.id = v.person_id
WHERE ($person IS NULL OR v.person_id = $person) /*scope*/ ORDER BY v.person_id, v.starts_at, v.id;
