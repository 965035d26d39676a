-- name: import_before.open
-- args: import int
SELECT id FROM import WHERE id = $import AND state = 'applying';
-- name: import_before.put
-- args: import int, noun text, noun_key text, before text, after text
INSERT INTO import_before (import_id, seq, noun, noun_key, before, after)
SELECT $import, COALESCE(max(seq), 0) + 1, $noun, $noun_key, $before, $after FROM import_before WHERE import_id = $import
ON CONFLICT (import_id, noun, noun_key) DO UPDATE SET after = excluded.after;
-- name: import_before.find
-- args: import int, noun text, noun_key text
SELECT before, after, state, why FROM import_before WHERE import_id = $import AND noun = $noun AND noun_key = $noun_key;
-- name: import_before.waiting
-- args: import int, max int
SELECT seq, noun, noun_key, before, after FROM import_before
WHERE import_id = $import AND state = 'waiting' ORDER BY seq DESC LIMIT $max;
-- name: import_before.settle
-- args: import int, seq int, state text, why text
UPDATE import_before SET state = $state, why = $why, before = '', after = '' WHERE import_id = $import AND seq = $seq;
-- name: import_before.left
-- args: import int
SELECT count(*) AS "left" FROM import_before WHERE import_id = $import AND state = 'waiting';
-- name: import_before.any
-- args: import int
SELECT seq FROM import_before WHERE import_id = $import LIMIT 1;
-- name: import_before.forget
-- args: before int, max int
-- by the few imports, not by the many images
DELETE FROM import_before WHERE (import_id, seq) IN (SELECT import_id, seq FROM import_before WHERE import_id IN
    (SELECT id FROM import WHERE state <> 'undone' AND COALESCE(applied_at, begun_at) < $before) LIMIT $max);
-- name: import_before.person_image
-- args: id int
SELECT org_id, address_text, work_unit, kind, remark, placement_id, version,
    (SELECT group_concat(t.skill, char(10)) FROM (SELECT skill FROM person_skill WHERE person_id = $id ORDER BY skill) t) AS skills,
    (SELECT group_concat(t.org_id || '-' || t.work_unit, char(10)) FROM (SELECT org_id, work_unit FROM person_unit WHERE person_id = $id ORDER BY org_id) t) AS units
 FROM person WHERE id = $id AND erased_at IS NULL;
-- @postgres
SELECT org_id, address_text, work_unit, kind, remark, placement_id, version,
    (SELECT string_agg(skill, chr(10) ORDER BY skill) FROM person_skill WHERE person_id = $id) AS skills,
    (SELECT string_agg(org_id || '-' || work_unit, chr(10) ORDER BY org_id) FROM person_unit WHERE person_id = $id) AS units
 FROM person WHERE id = $id AND erased_at IS NULL;
-- name: import_before.org_image
-- args: id int
SELECT parent_id, kind, name, version FROM org WHERE id = $id;
-- name: import_before.division_image
-- args: code text
SELECT name, level, parent_code FROM division WHERE code = $code;
-- name: import_before.compound_image
-- args: id int
SELECT community_code, kind, name, version,
    (SELECT group_concat(t.alias, char(10)) FROM (SELECT alias FROM compound_alias WHERE compound_id = $id ORDER BY alias) t) AS aliases,
    (SELECT group_concat(t.number_from || '-' || t.number_to || '-' || t.side, char(10))
        FROM (SELECT number_from, number_to, side FROM compound_range WHERE compound_id = $id ORDER BY id) t) AS ranges
 FROM compound WHERE id = $id;
-- @postgres
SELECT community_code, kind, name, version,
    (SELECT string_agg(alias, chr(10) ORDER BY alias) FROM compound_alias WHERE compound_id = $id) AS aliases,
    (SELECT string_agg(number_from || '-' || number_to || '-' || side, chr(10) ORDER BY id)
        FROM compound_range WHERE compound_id = $id) AS ranges
 FROM compound WHERE id = $id;
-- name: import_before.post_image
-- args: id int
SELECT team_id, name, kind, outdoor, instructions, compound_id, closed_at, version,
    (SELECT group_concat(t.skill, char(10)) FROM (SELECT skill FROM post_skill WHERE post_id = $id ORDER BY skill) t) AS skills
 FROM post WHERE id = $id;
-- @postgres
SELECT team_id, name, kind, outdoor, instructions, compound_id, closed_at, version,
    (SELECT string_agg(skill, chr(10) ORDER BY skill) FROM post_skill WHERE post_id = $id) AS skills
 FROM post WHERE id = $id;
-- name: import_before.shift_image
-- args: id int
SELECT name, kind, start_minute, end_minute FROM shift WHERE id = $id;
-- name: import_before.need_image
-- args: id int
SELECT team_id, starts_at, ends_at, headcount_min, headcount_target, headcount_limit, priority, source, version FROM need WHERE id = $id;
-- name: import_before.availability_image
-- args: id int
SELECT level, source, version FROM availability WHERE id = $id;
-- name: import_before.team_image
-- args: id int
SELECT name, leader_id, deputy_id, liaison_id, version FROM team WHERE id = $id;
-- name: import_before.membership_image
-- args: id int
SELECT person_id, team_id, state, to_at FROM membership WHERE id = $id;
-- name: import_before.person_held
-- args: id int
SELECT CASE WHEN EXISTS (SELECT 1 FROM notice WHERE person_id = $id AND answer IS NOT NULL) THEN 'answer'
    WHEN EXISTS (SELECT 1 FROM duty WHERE person_id = $id) THEN 'duty'
    WHEN EXISTS (SELECT 1 FROM attendance WHERE person_id = $id) THEN 'duty'
    WHEN EXISTS (SELECT 1 FROM donor WHERE person_id = $id) THEN 'gift'
    ELSE '' END AS why;
-- name: import_before.person_used
-- args: id int
SELECT CASE WHEN EXISTS (SELECT 1 FROM notice WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM certificate WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM role_grant WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM structure_member WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM join_request WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM roster_line WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM reinforcement_person WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM withdrawal_person WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM message WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM pass WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM session WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM login WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM login_code WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM note WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM swap WHERE to_person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM care WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM care_rule WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM availability WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM team_proposal WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM phone_before WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM person_unit WHERE person_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM person_pair WHERE a_id = $id OR b_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM care_reader WHERE person_id = $id OR reader_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM team WHERE leader_id = $id OR deputy_id = $id OR liaison_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM unit WHERE leader_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM person_merge WHERE undone_at IS NULL AND (kept_id = $id OR merged_id = $id)) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM job WHERE asked_by = $id) THEN 'used'
    ELSE '' END AS why;
-- name: import_before.person_joined
-- args: id int
SELECT CASE WHEN EXISTS (SELECT 1 FROM membership WHERE person_id = $id AND state = 'active') THEN 'used' ELSE '' END AS why;
-- name: import_before.org_used
-- args: id int
SELECT CASE WHEN EXISTS (SELECT 1 FROM person WHERE org_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM org WHERE parent_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM role_grant WHERE org_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM pass WHERE org_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM order_addressee WHERE org_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM donor WHERE org_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM person_unit WHERE org_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM escalation WHERE org_id = $id OR to_org_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM handed_list WHERE org_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM org_headcount WHERE org_id = $id) THEN 'used'
    ELSE '' END AS why;
-- name: import_before.division_used
-- args: code text
SELECT CASE WHEN EXISTS (SELECT 1 FROM division WHERE parent_code = $code) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM division WHERE successor_code = $code) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM compound WHERE community_code = $code) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM compound_range WHERE community_code = $code) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM placement WHERE community_code = $code) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM place_rule WHERE community_code = $code) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM team WHERE community_code = $code) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM role_grant WHERE division_code = $code) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM donation WHERE community_code = $code) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM certificate WHERE community_code = $code) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM call_order WHERE division_code = $code) THEN 'used'
    ELSE '' END AS why;
-- name: import_before.compound_used
-- args: id int
SELECT CASE WHEN EXISTS (SELECT 1 FROM placement WHERE compound_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM post WHERE compound_id = $id) THEN 'used'
    ELSE '' END AS why;
-- name: import_before.post_used
-- args: id int
SELECT CASE WHEN EXISTS (SELECT 1 FROM need WHERE post_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM attendance WHERE post_id = $id) THEN 'duty'
    WHEN EXISTS (SELECT 1 FROM pass WHERE post_id = $id) THEN 'used'
    ELSE '' END AS why;
-- name: import_before.shift_used
-- args: id int
SELECT CASE WHEN EXISTS (SELECT 1 FROM need WHERE shift_id = $id) THEN 'used'
    ELSE '' END AS why;
-- name: import_before.need_held
-- args: id int
SELECT CASE WHEN EXISTS (SELECT 1 FROM duty WHERE need_id = $id) THEN 'duty'
    ELSE '' END AS why;
-- name: import_before.need_used
-- args: id int
SELECT CASE WHEN EXISTS (SELECT 1 FROM roster_line WHERE need_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM roster_gap WHERE need_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM note WHERE kind = 'help' AND about_id = $id) THEN 'used'
    ELSE '' END AS why;
-- name: import_before.team_used
-- args: id int
SELECT CASE WHEN EXISTS (SELECT 1 FROM membership WHERE team_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM post WHERE team_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM need WHERE team_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM structure WHERE team_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM roster WHERE team_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM join_request WHERE team_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM attendance WHERE team_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM role_grant WHERE team_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM pass WHERE team_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM withdrawal WHERE team_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM job WHERE team_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM note WHERE team_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM team_proposal WHERE team_id = $id) THEN 'used'
    WHEN EXISTS (SELECT 1 FROM reinforcement WHERE from_team_id = $id OR to_team_id = $id) THEN 'used'
    ELSE '' END AS why;
-- name: import_before.person_clear
-- args: id int
DELETE FROM person_skill WHERE person_id = $id;
-- name: import_before.person_remove
-- args: id int, now int
UPDATE person SET erased_at = $now, org_id = NULL, phone = '', address_text = '', home_key = '', work_unit = '', kind = '', remark = '', placement_id = NULL, version = version + 1
WHERE id = $id;
-- name: import_before.org_clear
-- args: id int
DELETE FROM org_above WHERE org_id = $id;
-- name: import_before.org_remove
-- args: id int
DELETE FROM org WHERE id = $id;
-- name: import_before.division_clear
-- args: code text
DELETE FROM division_above WHERE code = $code;
-- name: import_before.division_remove
-- args: code text
DELETE FROM division WHERE code = $code;
-- name: import_before.compound_clear
-- args: id int
DELETE FROM compound_alias WHERE compound_id = $id;
-- name: import_before.compound_remove
-- args: id int
DELETE FROM compound WHERE id = $id;
-- name: import_before.post_clear
-- args: id int
DELETE FROM post_skill WHERE post_id = $id;
-- name: import_before.post_remove
-- args: id int
DELETE FROM post WHERE id = $id;
-- name: import_before.shift_remove
-- args: id int
DELETE FROM shift WHERE id = $id;
-- name: import_before.need_clear
-- args: id int
DELETE FROM need_seat WHERE need_id = $id;
-- name: import_before.need_remove
-- args: id int
DELETE FROM need WHERE id = $id;
-- name: import_before.availability_remove
-- args: id int
DELETE FROM availability WHERE id = $id;
-- name: import_before.team_remove
-- args: id int
DELETE FROM team WHERE id = $id;
-- name: import_before.membership_remove
-- args: id int
DELETE FROM membership WHERE id = $id;
-- name: import_before.person_revert
-- args: id int, org_id int?, address_text text, work_unit text, kind text, remark text, placement_id int?
UPDATE person SET org_id = $org_id, address_text = $address_text, work_unit = $work_unit, kind = $kind, remark = $remark, placement_id = $placement_id,
    version = version + 1 WHERE id = $id;
-- name: import_before.division_revert
-- args: code text, name text, level text, parent_code text?
UPDATE division SET name = $name, level = $level, parent_code = $parent_code WHERE code = $code;
-- name: import_before.compound_revert
-- args: id int
UPDATE compound SET version = version + 1 WHERE id = $id;
-- name: import_before.post_revert
-- args: id int, kind text, outdoor int, instructions text, compound_id int?
UPDATE post SET kind = $kind, outdoor = $outdoor, instructions = $instructions, compound_id = $compound_id, version = version + 1 WHERE id = $id;
-- name: import_before.shift_revert
-- args: id int, kind text, start_minute int, end_minute int
UPDATE shift SET kind = $kind, start_minute = $start_minute, end_minute = $end_minute WHERE id = $id;
-- name: import_before.need_revert
-- args: id int, team_id int, starts_at int, ends_at int, headcount_min int, headcount_target int, headcount_limit int, priority int, source text
UPDATE need SET team_id = $team_id, starts_at = $starts_at, ends_at = $ends_at, headcount_min = $headcount_min, headcount_target = $headcount_target,
    headcount_limit = $headcount_limit, priority = $priority, source = $source, version = version + 1 WHERE id = $id;
-- name: import_before.availability_revert
-- args: id int, level text, source text
UPDATE availability SET level = $level, source = $source, version = version + 1 WHERE id = $id;
-- name: import_before.membership_revert
-- args: id int, state text, to_at int?
UPDATE membership SET state = $state, to_at = $to_at WHERE id = $id;
