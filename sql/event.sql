-- name: event.heads
SELECT l.lane, (SELECT max(a.seq) FROM audit a WHERE a.lane = l.lane) AS seq FROM lane l ORDER BY l.lane;
-- name: event.page
-- args: lane int, seq int, count int
SELECT a.seq, a.noun, a.about_id, a.body, CASE WHEN a.noun IN ('post', 'need') THEN a.result ELSE '' END AS result
FROM audit a WHERE a.lane = $lane AND a.seq > $seq ORDER BY a.seq LIMIT $count;
-- name: event.of_need
-- args: id int
SELECT 'team' AS kind, n.team_id AS id FROM need n WHERE n.id = $id;
-- name: event.of_duty
-- args: id int
SELECT 'team' AS kind, n.team_id AS id FROM duty d JOIN need n ON n.id = d.need_id WHERE d.id = $id
UNION ALL SELECT 'person', d.person_id FROM duty d WHERE d.id = $id;
-- name: event.of_post
-- args: id int
SELECT 'team' AS kind, s.team_id AS id FROM post s WHERE s.id = $id;
-- name: event.of_roster
-- args: id int
SELECT 'team' AS kind, r.team_id AS id FROM roster r WHERE r.id = $id;
-- name: event.of_structure
-- args: id int
SELECT 'team' AS kind, s.team_id AS id FROM structure s WHERE s.id = $id;
-- name: event.of_withdrawal
-- args: id int
SELECT 'team' AS kind, w.team_id AS id FROM withdrawal w WHERE w.id = $id;
-- name: event.of_attendance
-- args: id int
SELECT 'team' AS kind, x.team_id AS id FROM attendance x WHERE x.id = $id
UNION ALL SELECT 'person', x.person_id FROM attendance x WHERE x.id = $id;
-- name: event.of_join_request
-- args: id int
SELECT 'team' AS kind, j.team_id AS id FROM join_request j WHERE j.id = $id
UNION ALL SELECT 'person', j.person_id FROM join_request j WHERE j.id = $id;
-- name: event.of_reinforcement
-- args: id int
SELECT 'team' AS kind, f.from_team_id AS id FROM reinforcement f WHERE f.id = $id
UNION ALL SELECT 'team', f.to_team_id FROM reinforcement f WHERE f.id = $id;
-- name: event.of_role_grant
-- args: id int
SELECT g.person_id AS id FROM role_grant g WHERE g.id = $id;
-- name: event.of_pass
-- args: id int
SELECT DISTINCT s.person_id AS id FROM session s WHERE s.pass_id = $id ORDER BY 1;
-- name: event.of_lent
-- args: id int
SELECT x.person_id AS id FROM reinforcement_person x WHERE x.reinforcement_id = $id ORDER BY 1;
-- name: event.of_swap
-- args: id int
SELECT 'team' AS kind, n.team_id AS id FROM swap w JOIN duty d ON d.id = w.from_duty_id JOIN need n ON n.id = d.need_id WHERE w.id = $id
UNION ALL SELECT 'person', d.person_id FROM swap w JOIN duty d ON d.id = w.from_duty_id WHERE w.id = $id
UNION ALL SELECT 'person', w.to_person_id FROM swap w WHERE w.id = $id;
-- name: event.of_notice
-- args: id int
SELECT 'person' AS kind, n.person_id AS id FROM notice n WHERE n.id = $id
UNION ALL SELECT 'team', m.team_id FROM notice n JOIN membership m ON m.person_id = n.person_id AND m.state = 'active' WHERE n.id = $id
UNION ALL SELECT 'operation', o.operation_id FROM notice n JOIN call_order o ON o.id = n.order_id WHERE n.id = $id
UNION ALL SELECT 'org', u.above_id FROM notice n JOIN person p ON p.id = n.person_id JOIN org_above u ON u.org_id = p.org_id WHERE n.id = $id;
-- name: event.of_order
-- args: id int
SELECT 'operation' AS kind, o.operation_id AS id FROM call_order o WHERE o.id = $id;
-- name: event.of_org
-- args: id int
SELECT 'org' AS kind, u.above_id AS id FROM org_above u WHERE u.org_id = $id;
-- name: event.divisions
-- args: team int
SELECT u.above_code AS code FROM team t JOIN division_above u ON u.code = t.community_code WHERE t.id = $team;
-- name: event.own
-- args: actor int, now int
SELECT 'team' AS kind, m.team_id AS id, '' AS code FROM membership m WHERE m.person_id = $actor AND m.state = 'active'
UNION SELECT g.scope_kind, COALESCE(g.team_id, g.org_id, 0), COALESCE(g.division_code, '') FROM role_grant g
    WHERE g.person_id = $actor AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
ORDER BY 1, 2, 3;
-- name: event.may_person
-- args: actor int, now int, id int
SELECT 1 AS may FROM scope_person s WHERE s.actor_id = $actor AND s.person_id = $id AND s.from_at <= $now
    AND (s.until_at IS NULL OR s.until_at > $now) LIMIT 1;
-- name: event.may_team
-- args: actor int, now int, id int
SELECT 1 AS may FROM scope_team s WHERE s.actor_id = $actor AND s.team_id = $id AND s.from_at <= $now
    AND (s.until_at IS NULL OR s.until_at > $now)
UNION SELECT 1 FROM membership m WHERE m.person_id = $actor AND m.team_id = $id AND m.state = 'active' LIMIT 1;
-- name: event.may_org
-- args: actor int, now int, id int
SELECT 1 AS may FROM scope_org s WHERE s.actor_id = $actor AND s.org_id = $id AND s.from_at <= $now
    AND (s.until_at IS NULL OR s.until_at > $now) LIMIT 1;
-- name: event.may_division
-- args: actor int, now int, code text
SELECT 1 AS may FROM scope_division s WHERE s.actor_id = $actor AND s.division_id = $code AND s.from_at <= $now
    AND (s.until_at IS NULL OR s.until_at > $now) LIMIT 1;
-- name: event.may_all
-- args: actor int, now int
SELECT 1 AS may FROM role_grant g WHERE g.person_id = $actor AND g.scope_kind = 'all' AND g.from_at <= $now
    AND (g.until_at IS NULL OR g.until_at > $now) LIMIT 1;
