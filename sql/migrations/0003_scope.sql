-- 0003 scope: which teams, divisions, organisations and people the grants of an actor reach, and one chain of seals.
--
-- A grant counts while from_at <= now and (until_at is null or until_at > now): whoever reads these views asks for it,
-- as a view cannot know the time. Read them with IN: a row may stand twice. 'self' is no grant: one's own row.
--
-- @both
CREATE VIEW scope_team (actor_id, team_id, role, from_at, until_at) AS
SELECT g.person_id, g.team_id, g.role, g.from_at, g.until_at
    FROM role_grant g WHERE g.scope_kind = 'team'
UNION ALL SELECT g.person_id, t.id, g.role, g.from_at, g.until_at
    FROM role_grant g JOIN division_above u ON u.above_code = g.division_code JOIN team t ON t.community_code = u.code
    WHERE g.scope_kind = 'division'
UNION ALL SELECT g.person_id, t.id, g.role, g.from_at, g.until_at
    FROM role_grant g CROSS JOIN team t WHERE g.scope_kind = 'all';
CREATE VIEW scope_division (actor_id, division_id, role, from_at, until_at) AS
SELECT g.person_id, u.code, g.role, g.from_at, g.until_at
    FROM role_grant g JOIN division_above u ON u.above_code = g.division_code WHERE g.scope_kind = 'division'
UNION ALL SELECT g.person_id, t.community_code, g.role, g.from_at, g.until_at
    FROM role_grant g JOIN team t ON t.id = g.team_id WHERE g.scope_kind = 'team'
UNION ALL SELECT g.person_id, d.code, g.role, g.from_at, g.until_at
    FROM role_grant g CROSS JOIN division d WHERE g.scope_kind = 'all';
CREATE VIEW scope_org (actor_id, org_id, role, from_at, until_at) AS
SELECT g.person_id, u.org_id, g.role, g.from_at, g.until_at
    FROM role_grant g JOIN org_above u ON u.above_id = g.org_id WHERE g.scope_kind = 'org'
UNION ALL SELECT g.person_id, o.id, g.role, g.from_at, g.until_at
    FROM role_grant g CROSS JOIN org o WHERE g.scope_kind = 'all';
CREATE VIEW scope_person (actor_id, person_id, role, from_at, until_at) AS
SELECT p.id, p.id, 'self', CAST(0 AS INTEGER), CAST(NULL AS INTEGER)
    FROM person p
UNION ALL SELECT g.person_id, m.person_id, g.role, g.from_at, g.until_at
    FROM role_grant g JOIN membership m ON m.team_id = g.team_id WHERE g.scope_kind = 'team' AND m.state = 'active'
UNION ALL SELECT g.person_id, p.id, g.role, g.from_at, g.until_at
    FROM role_grant g JOIN org_above u ON u.above_id = g.org_id JOIN person p ON p.org_id = u.org_id
    WHERE g.scope_kind = 'org'
UNION ALL SELECT g.person_id, l.person_id, g.role, g.from_at, g.until_at
    FROM role_grant g JOIN division_above u ON u.above_code = g.division_code
    JOIN placement l ON l.community_code = u.code JOIN person p ON p.id = l.person_id AND p.placement_id = l.id
    WHERE g.scope_kind = 'division'
UNION ALL SELECT g.person_id, m.person_id, g.role, g.from_at, g.until_at
    FROM role_grant g JOIN division_above u ON u.above_code = g.division_code
    JOIN team t ON t.community_code = u.code JOIN membership m ON m.team_id = t.id
    WHERE g.scope_kind = 'division' AND m.state = 'active'
UNION ALL SELECT g.person_id, p.id, g.role, g.from_at, g.until_at
    FROM role_grant g CROSS JOIN person p WHERE g.scope_kind = 'all';
CREATE INDEX placement_community ON placement (community_code);
-- two seals after one seal would be two chains
CREATE UNIQUE INDEX seal_prev ON seal (prev);
