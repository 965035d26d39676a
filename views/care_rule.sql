-- view: care_rule  What rosters must heed for a person, without the reason.
-- scope: person r.person_id   for: commander leader   also: $person id?
-- columns: id id, person_id id, name name, rule text, value int, from_on day, to_on day
SELECT r.id, r.person_id, /*name*/p.name/*end*/ AS name, r.rule, r.value, r.from_on, r.to_on
FROM care_rule r JOIN person p ON p.id = r.person_id
WHERE ($person IS NULL OR r.person_id = $person) /*scope*/ ORDER BY r.person_id, r.rule, r.id;
