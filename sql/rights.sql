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
