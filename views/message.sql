-- view: message  Messages to people and what became of them.
-- scope: person m.person_id   for: commander liaison leader   also: $purpose text?, $state text?, $person id?
-- columns: id id, person_id id, name name, purpose text, purpose_id id, channel text, try int, state text, text text, carrier_ref text
SELECT m.id, m.person_id, /*name*/p.name/*end*/ AS name, m.purpose, m.purpose_id, m.channel, m.try, m.state, m.text, m.carrier_ref
FROM message m JOIN person p ON p.id = m.person_id
WHERE ($purpose IS NULL OR m.purpose = $purpose) AND ($state IS NULL OR m.state = $state)
    AND ($person IS NULL OR m.person_id = $person) /*scope*/ ORDER BY m.id;
