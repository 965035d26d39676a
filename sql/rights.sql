-- name: rights.all
-- args: actor int, role text, now int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = 'all'
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
LIMIT 1;
-- name: rights.team
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (g.team_id = $target
    OR EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id = $target AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.post
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (g.team_id = (SELECT x.team_id FROM post x WHERE x.id = $target)
    OR EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id = (SELECT x.team_id FROM post x WHERE x.id = $target) AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.need
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (g.team_id = (SELECT x.team_id FROM need x WHERE x.id = $target)
    OR EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id = (SELECT x.team_id FROM need x WHERE x.id = $target) AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.roster
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (g.team_id = (SELECT x.team_id FROM roster x WHERE x.id = $target)
    OR EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id = (SELECT x.team_id FROM roster x WHERE x.id = $target) AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.division
-- args: actor int, role text, scope text, now int, target text
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (EXISTS (SELECT 1 FROM division_above u WHERE u.code = $target AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.org
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = $target AND u.above_id = g.org_id))
LIMIT 1;
-- name: rights.person
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (EXISTS (SELECT 1 FROM person p JOIN org_above u ON u.org_id = p.org_id WHERE p.id = $target AND u.above_id = g.org_id)
    OR EXISTS (SELECT 1 FROM membership m WHERE m.person_id = $target AND m.state = 'active' AND m.team_id = g.team_id)
    OR EXISTS (SELECT 1 FROM membership m JOIN team t ON t.id = m.team_id JOIN division_above u ON u.code = t.community_code
        WHERE m.person_id = $target AND m.state = 'active' AND u.above_code = g.division_code)
    OR EXISTS (SELECT 1 FROM person p JOIN placement l ON l.id = p.placement_id
        JOIN division_above u ON u.code = l.community_code WHERE p.id = $target AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.pass
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g JOIN pass x ON x.id = $target
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id = COALESCE(x.team_id, (SELECT s.team_id FROM post s WHERE s.id = x.post_id))
            AND (t.id = g.team_id OR u.above_code = g.division_code))
    OR EXISTS (SELECT 1 FROM org_above u WHERE u.above_id = g.org_id
        AND u.org_id = COALESCE(x.org_id, (SELECT p.org_id FROM person p WHERE p.id = x.person_id)))
    OR EXISTS (SELECT 1 FROM membership m JOIN team t ON t.id = m.team_id JOIN division_above u ON u.code = t.community_code
        WHERE m.person_id = x.person_id AND m.state = 'active' AND (t.id = g.team_id OR u.above_code = g.division_code)))
LIMIT 1;
-- name: rights.duty
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (g.team_id = (SELECT n.team_id FROM duty d JOIN need n ON n.id = d.need_id WHERE d.id = $target)
    OR EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id = (SELECT n.team_id FROM duty d JOIN need n ON n.id = d.need_id WHERE d.id = $target) AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.attendance
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (g.team_id = (SELECT x.team_id FROM attendance x WHERE x.id = $target)
    OR EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id = (SELECT x.team_id FROM attendance x WHERE x.id = $target) AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.structure
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (g.team_id = (SELECT x.team_id FROM structure x WHERE x.id = $target)
    OR EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id = (SELECT x.team_id FROM structure x WHERE x.id = $target) AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.join_request
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (g.team_id = (SELECT x.team_id FROM join_request x WHERE x.id = $target)
    OR EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id = (SELECT x.team_id FROM join_request x WHERE x.id = $target) AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.swap
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (g.team_id = (SELECT n.team_id FROM swap w JOIN duty d ON d.id = w.from_duty_id JOIN need n ON n.id = d.need_id WHERE w.id = $target)
    OR EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id = (SELECT n.team_id FROM swap w JOIN duty d ON d.id = w.from_duty_id JOIN need n ON n.id = d.need_id WHERE w.id = $target) AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.withdrawal
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (g.team_id = (SELECT x.team_id FROM withdrawal x WHERE x.id = $target)
    OR EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id = (SELECT x.team_id FROM withdrawal x WHERE x.id = $target) AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.notice
-- args: actor int, role text, scope text, now int, target int
-- the person's branch, the team served in, or the liaison the notice was given to
SELECT g.id FROM role_grant g JOIN notice x ON x.id = $target
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (EXISTS (SELECT 1 FROM person p JOIN org_above u ON u.org_id = p.org_id
        WHERE p.id = x.person_id AND u.above_id = g.org_id)
    OR EXISTS (SELECT 1 FROM membership m WHERE m.person_id = x.person_id AND m.state = 'active' AND m.team_id = g.team_id)
    OR EXISTS (SELECT 1 FROM membership m JOIN team t ON t.id = m.team_id JOIN division_above u ON u.code = t.community_code
        WHERE m.person_id = x.person_id AND m.state = 'active' AND u.above_code = g.division_code)
    OR (g.role = 'liaison' AND x.liaison_id = $actor))
LIMIT 1;
-- name: rights.order
-- args: actor int, role text, scope text, now int, target int
-- an order to the whole city is nobody's whose grant ends at a division
SELECT g.id FROM role_grant g JOIN call_order x ON x.id = $target JOIN division_above u ON u.code = x.division_code
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope AND u.above_code = g.division_code
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
LIMIT 1;
-- name: rights.scope
-- args: actor int, role text, scope text, now int, target text
-- whose setting: a team's; an operation's is not theirs alone
SELECT g.id FROM role_grant g JOIN team t ON 'team:' || t.id = $target
JOIN division_above u ON u.code = t.community_code AND u.above_code = g.division_code
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
LIMIT 1;
-- name: rights.own_person
-- args: actor int, target int
SELECT $actor AS id WHERE $actor = $target;
-- name: rights.let_person
-- args: actor int, target int
SELECT reader_id AS id FROM care_reader WHERE person_id = $target AND reader_id = $actor;
-- name: rights.own_duty
-- args: actor int, target int
SELECT id FROM duty WHERE id = $target AND person_id = $actor;
-- name: rights.own_attendance
-- args: actor int, target int
SELECT id FROM attendance WHERE id = $target AND person_id = $actor;
-- name: rights.own_notice
-- args: actor int, target int
SELECT id FROM notice WHERE id = $target AND person_id = $actor;
-- name: rights.own_swap
-- args: actor int, target int
-- whoever is asked answers; whoever asked may take it back
SELECT w.id FROM swap w JOIN duty d ON d.id = w.from_duty_id
WHERE w.id = $target AND (w.to_person_id = $actor OR d.person_id = $actor);
-- name: rights.own_join_request
-- args: actor int, target int
SELECT id FROM join_request WHERE id = $target AND person_id = $actor;
-- name: rights.donation
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g JOIN donation x ON x.id = $target JOIN division_above u ON u.code = x.community_code
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope AND u.above_code = g.division_code
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
LIMIT 1;
-- name: rights.certificate
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g JOIN certificate x ON x.id = $target
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (EXISTS (SELECT 1 FROM person p JOIN org_above u ON u.org_id = p.org_id
        WHERE p.id = x.person_id AND u.above_id = g.org_id)
    OR EXISTS (SELECT 1 FROM membership m WHERE m.person_id = x.person_id AND m.team_id = g.team_id)
    OR EXISTS (SELECT 1 FROM division_above u WHERE u.code = x.community_code AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.reinforcement
-- args: actor int, role text, scope text, now int, target int
-- either of the two teams
SELECT g.id FROM role_grant g JOIN reinforcement x ON x.id = $target
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (g.team_id IN (x.from_team_id, x.to_team_id)
    OR EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id IN (x.from_team_id, x.to_team_id) AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.job
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (g.team_id = (SELECT x.team_id FROM job x WHERE x.id = $target)
    OR EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id = (SELECT x.team_id FROM job x WHERE x.id = $target) AND u.above_code = g.division_code))
LIMIT 1;
-- name: rights.own_certificate
-- args: actor int, target int
SELECT id FROM certificate WHERE id = $target AND person_id = $actor;
-- name: rights.own_job
-- args: actor int, target int
SELECT id FROM job WHERE id = $target AND asked_by = $actor;
-- name: rights.note
-- args: actor int, role text, scope text, now int, target int
SELECT g.id FROM role_grant g
WHERE g.person_id = $actor AND g.role = $role AND g.scope_kind = $scope
    AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
    AND (g.team_id = (SELECT x.team_id FROM note x WHERE x.id = $target)
    OR EXISTS (SELECT 1 FROM team t JOIN division_above u ON u.code = t.community_code
        WHERE t.id = (SELECT x.team_id FROM note x WHERE x.id = $target) AND u.above_code = g.division_code))
LIMIT 1;
