-- name: message.setting
-- args: operation text, name text
-- an operation's own word goes before everybody's
SELECT value FROM setting WHERE name = $name AND scope IN ($operation, 'all') ORDER BY CASE scope WHEN 'all' THEN 1 ELSE 0 END LIMIT 1;
-- name: message.candidates
-- args: order int, purpose text, channel text, round int, org int?, tries int, limit int
SELECT n.person_id, p.name, l.name AS liaison, l.phone AS liaison_phone, v.name AS community
FROM notice n JOIN person p ON p.id = n.person_id LEFT JOIN person l ON l.id = n.liaison_id
LEFT JOIN placement w ON w.id = p.placement_id LEFT JOIN division v ON v.code = w.community_code
WHERE n.order_id = $order AND p.phone <> '' AND p.erased_at IS NULL
    AND (($purpose = 'order' AND n.state = 'queued') OR ($purpose = 'chase' AND n.state IN ('sent', 'delivered', 'read')))
    AND (SELECT count(*) FROM message m WHERE m.purpose = $purpose AND m.purpose_id = $order AND m.person_id = n.person_id
        AND m.state <> 'failed') < $round
    AND (SELECT count(*) FROM message m WHERE m.purpose = $purpose AND m.purpose_id = $order AND m.person_id = n.person_id
        AND m.channel = $channel AND m.state = 'failed') < $tries
    AND ($org IS NULL OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = p.org_id AND u.above_id = $org))
ORDER BY n.id LIMIT $limit;
-- name: message.candidates_count
-- args: order int, purpose text, channel text, round int, org int?, tries int
SELECT count(*) AS n
FROM notice n JOIN person p ON p.id = n.person_id
WHERE n.order_id = $order AND p.phone <> '' AND p.erased_at IS NULL
    AND (($purpose = 'order' AND n.state = 'queued') OR ($purpose = 'chase' AND n.state IN ('sent', 'delivered', 'read')))
    AND (SELECT count(*) FROM message m WHERE m.purpose = $purpose AND m.purpose_id = $order AND m.person_id = n.person_id
        AND m.state <> 'failed') < $round
    AND (SELECT count(*) FROM message m WHERE m.purpose = $purpose AND m.purpose_id = $order AND m.person_id = n.person_id
        AND m.channel = $channel AND m.state = 'failed') < $tries
    AND ($org IS NULL OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = p.org_id AND u.above_id = $org));
-- name: message.add
-- args: id int, person int, purpose text, purpose_id int, channel text, text text
INSERT INTO message (id, person_id, purpose, purpose_id, channel, try, state, text)
SELECT $id, $person, $purpose, $purpose_id, $channel, COALESCE((SELECT max(m.try) FROM message m WHERE m.purpose = $purpose
    AND m.purpose_id = $purpose_id AND m.person_id = $person AND m.channel = $channel), 0) + 1, 'sending', $text;
-- name: message.take
-- args: limit int
-- handed to the carrier from here on: whatever happens now, it is not sent twice (the outer state is for two at once)
UPDATE message SET state = 'unknown' WHERE state = 'sending'
    AND id IN (SELECT m.id FROM message m WHERE m.state = 'sending' ORDER BY m.id LIMIT $limit) RETURNING id;
-- name: message.outgoing
-- args: id int
SELECT m.id, m.purpose, m.text, p.phone, c.name, c.driver, c.config
FROM message m JOIN person p ON p.id = m.person_id JOIN channel c ON c.name = m.channel WHERE m.id = $id;
-- name: message.load
-- args: id int
SELECT person_id, purpose, purpose_id, state FROM message WHERE id = $id;
-- @postgres
SELECT person_id, purpose, purpose_id, state FROM message WHERE id = $id FOR NO KEY UPDATE;
-- name: message.settle
-- args: id int, state text, carrier_ref text?
UPDATE message SET state = $state, carrier_ref = COALESCE($carrier_ref, carrier_ref) WHERE id = $id;
-- name: message.add_receipt
-- args: id int, message int, state text, at int
INSERT INTO receipt (id, message_id, carrier_state, at) VALUES ($id, $message, $state, $at)
ON CONFLICT (message_id, carrier_state, at) DO NOTHING;
-- name: message.notice
-- args: order int, person int
SELECT id, state FROM notice WHERE order_id = $order AND person_id = $person;
-- @postgres
SELECT id, state FROM notice WHERE order_id = $order AND person_id = $person FOR NO KEY UPDATE;
