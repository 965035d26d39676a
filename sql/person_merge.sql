-- name: person_merge.move_notice
-- args: kept int, merged int
UPDATE notice SET person_id = $kept WHERE person_id = $merged
    AND NOT EXISTS (SELECT 1 FROM notice x WHERE x.order_id = notice.order_id AND x.person_id = $kept) RETURNING id AS row_key;
-- name: person_merge.back_notice
-- args: kept int, merged int, key int
UPDATE notice SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_duty
-- args: kept int, merged int
UPDATE duty SET person_id = $kept WHERE person_id = $merged RETURNING id AS row_key;
-- name: person_merge.back_duty
-- args: kept int, merged int, key int
UPDATE duty SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_attendance
-- args: kept int, merged int
UPDATE attendance SET person_id = $kept WHERE person_id = $merged AND NOT (duty_id IS NULL AND out_happened_at IS NULL AND void_at IS NULL) RETURNING id AS row_key;
-- name: person_merge.back_attendance
-- args: kept int, merged int, key int
UPDATE attendance SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_donor
-- args: kept int, merged int
UPDATE donor SET person_id = $kept WHERE person_id = $merged RETURNING id AS row_key;
-- name: person_merge.back_donor
-- args: kept int, merged int, key int
UPDATE donor SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_certificate
-- args: kept int, merged int
UPDATE certificate SET person_id = $kept WHERE person_id = $merged RETURNING id AS row_key;
-- name: person_merge.back_certificate
-- args: kept int, merged int, key int
UPDATE certificate SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_membership
-- args: kept int, merged int
UPDATE membership SET person_id = $kept WHERE person_id = $merged
    AND NOT (state = 'active' AND EXISTS (SELECT 1 FROM membership x WHERE x.person_id = $kept AND x.state = 'active'
        AND (x.team_id = membership.team_id OR (x.operation_id = membership.operation_id AND x.source <> 'reinforcement' AND membership.source <> 'reinforcement')))) RETURNING id AS row_key;
-- name: person_merge.back_membership
-- args: kept int, merged int, key int
UPDATE membership SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_ended
-- args: kept int, merged int, now int
UPDATE membership SET state = 'moved', to_at = $now WHERE person_id = $merged AND state = 'active' AND $kept > 0 RETURNING id AS row_key;
-- name: person_merge.back_ended
-- args: kept int, merged int, key int
UPDATE membership SET state = 'active', to_at = NULL WHERE person_id = $merged AND id = $key AND $kept > 0;
-- name: person_merge.move_availability
-- args: kept int, merged int
UPDATE availability SET person_id = $kept WHERE person_id = $merged RETURNING id AS row_key;
-- name: person_merge.back_availability
-- args: kept int, merged int, key int
UPDATE availability SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_care_rule
-- args: kept int, merged int
UPDATE care_rule SET person_id = $kept WHERE person_id = $merged RETURNING id AS row_key;
-- name: person_merge.back_care_rule
-- args: kept int, merged int, key int
UPDATE care_rule SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_role_grant
-- args: kept int, merged int
UPDATE role_grant SET person_id = $kept WHERE person_id = $merged RETURNING id AS row_key;
-- name: person_merge.back_role_grant
-- args: kept int, merged int, key int
UPDATE role_grant SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_pass
-- args: kept int, merged int
UPDATE pass SET person_id = $kept WHERE person_id = $merged RETURNING id AS row_key;
-- name: person_merge.back_pass
-- args: kept int, merged int, key int
UPDATE pass SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_message
-- args: kept int, merged int
UPDATE message SET person_id = $kept WHERE person_id = $merged
    AND NOT EXISTS (SELECT 1 FROM message x WHERE x.purpose = message.purpose AND x.purpose_id = message.purpose_id AND x.channel = message.channel AND x.try = message.try AND x.person_id = $kept) RETURNING id AS row_key;
-- name: person_merge.back_message
-- args: kept int, merged int, key int
UPDATE message SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_note
-- args: kept int, merged int
UPDATE note SET person_id = $kept WHERE person_id = $merged AND settled_at IS NOT NULL RETURNING id AS row_key;
-- name: person_merge.back_note
-- args: kept int, merged int, key int
UPDATE note SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_open_note
-- args: kept int, merged int
UPDATE note SET person_id = $kept WHERE person_id = $merged AND settled_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM note x WHERE x.person_id = $kept AND x.kind = note.kind AND x.about_id = note.about_id AND x.settled_at IS NULL) RETURNING id AS row_key;
-- name: person_merge.back_open_note
-- args: kept int, merged int, key int
UPDATE note SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_join_request
-- args: kept int, merged int
UPDATE join_request SET person_id = $kept WHERE person_id = $merged
    AND NOT (state = 'asked' AND EXISTS (SELECT 1 FROM join_request x WHERE x.person_id = $kept AND x.team_id = join_request.team_id AND x.state = 'asked')) RETURNING id AS row_key;
-- name: person_merge.back_join_request
-- args: kept int, merged int, key int
UPDATE join_request SET person_id = $merged WHERE person_id = $kept AND id = $key;
-- name: person_merge.move_swap
-- args: kept int, merged int
UPDATE swap SET to_person_id = $kept WHERE to_person_id = $merged RETURNING id AS row_key;
-- name: person_merge.back_swap
-- args: kept int, merged int, key int
UPDATE swap SET to_person_id = $merged WHERE to_person_id = $kept AND id = $key;
-- name: person_merge.move_leader
-- args: kept int, merged int
UPDATE team SET leader_id = $kept WHERE leader_id = $merged RETURNING id AS row_key;
-- name: person_merge.back_leader
-- args: kept int, merged int, key int
UPDATE team SET leader_id = $merged WHERE leader_id = $kept AND id = $key;
-- name: person_merge.move_deputy
-- args: kept int, merged int
UPDATE team SET deputy_id = $kept WHERE deputy_id = $merged RETURNING id AS row_key;
-- name: person_merge.back_deputy
-- args: kept int, merged int, key int
UPDATE team SET deputy_id = $merged WHERE deputy_id = $kept AND id = $key;
-- name: person_merge.move_liaison
-- args: kept int, merged int
UPDATE team SET liaison_id = $kept WHERE liaison_id = $merged RETURNING id AS row_key;
-- name: person_merge.back_liaison
-- args: kept int, merged int, key int
UPDATE team SET liaison_id = $merged WHERE liaison_id = $kept AND id = $key;
-- name: person_merge.move_unit
-- args: kept int, merged int
UPDATE unit SET leader_id = $kept WHERE leader_id = $merged RETURNING id AS row_key;
-- name: person_merge.back_unit
-- args: kept int, merged int, key int
UPDATE unit SET leader_id = $merged WHERE leader_id = $kept AND id = $key;
-- name: person_merge.move_proposal
-- args: kept int, merged int
UPDATE team_proposal SET person_id = $kept WHERE person_id = $merged
    AND NOT EXISTS (SELECT 1 FROM team_proposal x WHERE x.team_id = team_proposal.team_id AND x.person_id = $kept) RETURNING team_id AS row_key;
-- name: person_merge.back_proposal
-- args: kept int, merged int, key int
UPDATE team_proposal SET person_id = $merged WHERE person_id = $kept AND team_id = $key;
-- name: person_merge.move_structure_member
-- args: kept int, merged int
UPDATE structure_member SET person_id = $kept WHERE person_id = $merged
    AND NOT EXISTS (SELECT 1 FROM structure_member x WHERE x.structure_id = structure_member.structure_id AND x.person_id = $kept) RETURNING structure_id AS row_key;
-- name: person_merge.back_structure_member
-- args: kept int, merged int, key int
UPDATE structure_member SET person_id = $merged WHERE person_id = $kept AND structure_id = $key;
-- name: person_merge.move_withdrawal_person
-- args: kept int, merged int
UPDATE withdrawal_person SET person_id = $kept WHERE person_id = $merged
    AND NOT EXISTS (SELECT 1 FROM withdrawal_person x WHERE x.withdrawal_id = withdrawal_person.withdrawal_id AND x.person_id = $kept) RETURNING withdrawal_id AS row_key;
-- name: person_merge.back_withdrawal_person
-- args: kept int, merged int, key int
UPDATE withdrawal_person SET person_id = $merged WHERE person_id = $kept AND withdrawal_id = $key;
-- name: person_merge.move_reinforcement_person
-- args: kept int, merged int
UPDATE reinforcement_person SET person_id = $kept WHERE person_id = $merged
    AND NOT EXISTS (SELECT 1 FROM reinforcement_person x WHERE x.reinforcement_id = reinforcement_person.reinforcement_id AND x.person_id = $kept) RETURNING reinforcement_id AS row_key;
-- name: person_merge.back_reinforcement_person
-- args: kept int, merged int, key int
UPDATE reinforcement_person SET person_id = $merged WHERE person_id = $kept AND reinforcement_id = $key;
-- name: person_merge.move_roster_line
-- args: kept int, merged int
UPDATE roster_line SET person_id = $kept WHERE person_id = $merged
    AND EXISTS (SELECT 1 FROM roster r WHERE r.id = roster_line.roster_id AND r.state = 'draft')
    AND NOT EXISTS (SELECT 1 FROM roster_line x WHERE x.roster_id = roster_line.roster_id AND x.need_id = roster_line.need_id AND x.person_id = $kept) RETURNING need_id AS row_key;
-- name: person_merge.back_roster_line
-- args: kept int, merged int, key int
UPDATE roster_line SET person_id = $merged WHERE person_id = $kept AND need_id = $key AND EXISTS (SELECT 1 FROM roster r WHERE r.id = roster_line.roster_id AND r.state = 'draft');
-- name: person_merge.move_notice_for
-- args: kept int, merged int
UPDATE notice SET liaison_id = $kept WHERE liaison_id = $merged RETURNING id AS row_key;
-- name: person_merge.back_notice_for
-- args: kept int, merged int, key int
UPDATE notice SET liaison_id = $merged WHERE liaison_id = $kept AND id = $key;
-- name: person_merge.move_pair
-- args: kept int, merged int
-- the smaller id stands first; a pair of these two, or one the kept has already, stays
UPDATE person_pair SET a_id = CASE WHEN a_id + b_id - $merged < $kept THEN a_id + b_id - $merged ELSE $kept END,
    b_id = CASE WHEN a_id + b_id - $merged < $kept THEN $kept ELSE a_id + b_id - $merged END
WHERE $merged IN (a_id, b_id) AND $kept NOT IN (a_id, b_id) AND NOT EXISTS (SELECT 1 FROM person_pair x
    WHERE x.operation_id = person_pair.operation_id AND x.kind = person_pair.kind AND $kept IN (x.a_id, x.b_id)
        AND person_pair.a_id + person_pair.b_id - $merged IN (x.a_id, x.b_id)) RETURNING id AS row_key;
-- name: person_merge.back_pair
-- args: kept int, merged int, key int
UPDATE person_pair SET a_id = CASE WHEN a_id + b_id - $kept < $merged THEN a_id + b_id - $kept ELSE $merged END,
    b_id = CASE WHEN a_id + b_id - $kept < $merged THEN $merged ELSE a_id + b_id - $kept END
WHERE id = $key AND $kept IN (a_id, b_id);
-- name: person_merge.move_care_reader
-- args: kept int, merged int
UPDATE care_reader SET reader_id = $kept WHERE reader_id = $merged AND person_id <> $kept
    AND NOT EXISTS (SELECT 1 FROM care_reader x WHERE x.person_id = care_reader.person_id AND x.reader_id = $kept) RETURNING person_id AS row_key;
-- name: person_merge.back_care_reader
-- args: kept int, merged int, key int
UPDATE care_reader SET reader_id = $merged WHERE reader_id = $kept AND person_id = $key;
-- name: person_merge.load
-- args: id int
SELECT id, name, phone, org_id, address_text, work_unit, kind, remark, placement_id, version, erased_at, merged_into FROM person WHERE id = $id;
-- name: person_merge.overlap
-- args: kept int, merged int
SELECT d.id FROM duty d JOIN duty e ON e.person_id = $merged AND e.seat IS NOT NULL AND e.starts_at < d.ends_at AND d.starts_at < e.ends_at
WHERE d.person_id = $kept AND d.seat IS NOT NULL LIMIT 1;
-- name: person_merge.at_post
-- args: kept int, merged int
SELECT id FROM attendance WHERE person_id = $merged AND duty_id IS NULL AND out_happened_at IS NULL AND void_at IS NULL AND $kept > 0 LIMIT 1;
-- name: person_merge.unanswered
-- args: kept int, merged int
SELECT k.id AS kept_notice, m.id AS merged_notice FROM notice k JOIN notice m ON m.order_id = k.order_id AND m.person_id = $merged
WHERE k.person_id = $kept AND k.answer IS NULL AND m.answer IS NOT NULL ORDER BY k.id;
-- name: person_merge.take_answer
-- args: kept_notice int, merged_notice int, id int
INSERT INTO notice_answer (id, notice_id, answer, back_on, reason, by_id, via, happened_at, recorded_at, cut)
SELECT $id, $kept_notice, answer, back_on, reason, by_id, via, happened_at, recorded_at, cut FROM notice_answer WHERE notice_id = $merged_notice
ORDER BY recorded_at DESC, id DESC LIMIT 1;
-- name: person_merge.answer
-- args: kept_notice int, merged_notice int
UPDATE notice SET state = 'answered', answer = (SELECT m.answer FROM notice m WHERE m.id = $merged_notice),
    back_on = (SELECT m.back_on FROM notice m WHERE m.id = $merged_notice) WHERE id = $kept_notice;
-- name: person_merge.back_answer
-- args: kept int, merged int, key int
UPDATE notice SET state = 'read', answer = NULL, back_on = NULL WHERE id = $key AND person_id = $kept AND $merged > 0;
-- name: person_merge.place
-- args: id int, kept int, merged int
INSERT INTO placement (id, person_id, community_code, compound_id, state, reasons, text_key, candidates, suggested_code, settled, decided_by)
SELECT $id, $kept, l.community_code, l.compound_id, l.state, l.reasons, l.text_key, l.candidates, l.suggested_code, l.settled, l.decided_by
FROM person m JOIN placement l ON l.id = m.placement_id LEFT JOIN person k ON k.id = $kept LEFT JOIN placement h ON h.id = k.placement_id
WHERE m.id = $merged AND l.state = 'placed' AND (h.id IS NULL OR h.state <> 'placed') RETURNING id;
-- name: person_merge.skills
-- args: kept int, merged int
INSERT INTO person_skill (person_id, skill) SELECT $kept, s.skill FROM person_skill s WHERE s.person_id = $merged
    AND NOT EXISTS (SELECT 1 FROM person_skill x WHERE x.person_id = $kept AND x.skill = s.skill);
-- name: person_merge.units
-- args: kept int, merged int
INSERT INTO person_unit (person_id, org_id, work_unit)
SELECT $kept, m.org_id, m.work_unit FROM person m JOIN person k ON k.id = $kept WHERE m.id = $merged AND m.org_id IS NOT NULL AND m.org_id <> k.org_id
UNION SELECT $kept, u.org_id, u.work_unit FROM person_unit u JOIN person k ON k.id = $kept
    JOIN person m ON m.id = u.person_id WHERE u.person_id = $merged AND u.org_id IS DISTINCT FROM k.org_id AND u.org_id IS DISTINCT FROM m.org_id
ON CONFLICT (person_id, org_id) DO NOTHING;
-- name: person_merge.phones
-- args: kept int, merged int, now int
INSERT INTO phone_before (person_id, phone, until_at) SELECT $kept, m.phone, $now FROM person m JOIN person k ON k.id = $kept
WHERE m.id = $merged AND m.phone <> '' AND k.phone <> '' AND m.phone <> k.phone
    AND NOT EXISTS (SELECT 1 FROM phone_before b WHERE b.person_id = $kept AND b.phone = m.phone);
-- name: person_merge.hide
-- args: id int, into int, now int
UPDATE person SET erased_at = $now, merged_into = $into, version = version + 1 WHERE id = $id;
-- name: person_merge.fill
-- args: kept int, merged int
UPDATE person SET phone = CASE WHEN phone = '' THEN (SELECT m.phone FROM person m WHERE m.id = $merged) ELSE phone END,
    address_text = CASE WHEN address_text = '' THEN (SELECT m.address_text FROM person m WHERE m.id = $merged) ELSE address_text END,
    home_key = CASE WHEN address_text = '' THEN (SELECT m.home_key FROM person m WHERE m.id = $merged) ELSE home_key END,
    org_id = COALESCE(org_id, (SELECT m.org_id FROM person m WHERE m.id = $merged)),
    work_unit = CASE WHEN work_unit = '' THEN (SELECT m.work_unit FROM person m WHERE m.id = $merged) ELSE work_unit END,
    kind = CASE WHEN kind = '' THEN (SELECT m.kind FROM person m WHERE m.id = $merged) ELSE kind END,
    remark = CASE WHEN remark = '' THEN (SELECT m.remark FROM person m WHERE m.id = $merged) ELSE remark END, version = version + 1
WHERE id = $kept;
-- name: person_merge.hanging
-- args: id int
SELECT (SELECT count(*) FROM notice WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM duty WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM attendance WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM donor WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM certificate WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM membership WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM availability WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM care_rule WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM role_grant WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM pass WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM message WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM note WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM join_request WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM structure_member WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM withdrawal_person WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM reinforcement_person WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM roster_line WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM person_skill WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM person_unit WHERE person_id = $id) || '/' ||
    (SELECT count(*) FROM notice_answer a JOIN notice n ON n.id = a.notice_id WHERE n.person_id = $id) || '/' ||
    (SELECT version FROM person WHERE id = $id) AS hanging;
-- name: person_merge.add
-- args: id int, kept int, merged int, by int?, now int, before text, hanging text
INSERT INTO person_merge (id, kept_id, merged_id, by_id, merged_at, kept_before, hanging)
VALUES ($id, $kept, $merged, $by, $now, $before, $hanging);
-- name: person_merge.add_row
-- args: id int, part text, key text
INSERT INTO person_merge_row (merge_id, part, row_key) VALUES ($id, $part, $key);
-- name: person_merge.find
-- args: id int
SELECT kept_id, merged_id, undone_at, kept_before, hanging FROM person_merge WHERE id = $id;
-- name: person_merge.rows
-- args: id int
SELECT part, row_key FROM person_merge_row WHERE merge_id = $id ORDER BY part, row_key;
-- name: person_merge.twin
-- args: id int
SELECT q.id FROM person p JOIN person q ON q.name = p.name AND q.phone = p.phone AND q.phone <> '' AND q.erased_at IS NULL
WHERE p.id = $id LIMIT 1;
-- name: person_merge.restore
-- args: id int, phone text, org_id int?, address_text text, work_unit text, kind text, remark text, placement_id int?
UPDATE person SET phone = $phone, org_id = $org_id, address_text = $address_text, work_unit = $work_unit, kind = $kind, remark = $remark,
    placement_id = $placement_id, version = version + 1 WHERE id = $id;
-- name: person_merge.drop_phone
-- args: kept int, merged int
DELETE FROM phone_before WHERE person_id = $kept AND phone = (SELECT m.phone FROM person m WHERE m.id = $merged);
-- name: person_merge.drop_units
-- args: id int
DELETE FROM person_unit WHERE person_id = $id;
-- name: person_merge.add_unit
-- args: id int, org int, work_unit text
INSERT INTO person_unit (person_id, org_id, work_unit) VALUES ($id, $org, $work_unit)
ON CONFLICT (person_id, org_id) DO UPDATE SET work_unit = excluded.work_unit;
-- name: person_merge.show
-- args: id int
UPDATE person SET erased_at = NULL, merged_into = NULL, version = version + 1 WHERE id = $id;
-- name: person_merge.undone
-- args: id int, now int
UPDATE person_merge SET undone_at = $now WHERE id = $id;
-- name: person_merge.apart
-- args: a int, b int, by int?, now int
INSERT INTO person_apart (a_id, b_id, by_id, decided_at) VALUES ($a, $b, $by, $now) ON CONFLICT (a_id, b_id) DO NOTHING;
-- name: person_merge.hangs
-- args: id int, hanging text
UPDATE person_merge SET hanging = $hanging WHERE id = $id;
