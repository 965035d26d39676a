-- view: team_short  Shifts of a team that lack people, soonest first: by its newest roster, a draft too.
-- scope: team n.team_id   also: $team id, $from_on day?
-- columns: id id, team_id id, starts_on day, shift text, start_minute minute, end_minute minute, post text, wanted int, missing int
SELECT * FROM (
    SELECT n.id, n.team_id, n.starts_on, h.name AS shift, h.start_minute, h.end_minute, s.name AS post, n.headcount_min AS wanted,
        CASE WHEN (SELECT r.state FROM roster r WHERE r.team_id = n.team_id AND r.state IN ('draft', 'published')
                AND r.from_on <= n.starts_on AND r.to_on >= n.starts_on ORDER BY r.version DESC LIMIT 1) = 'draft'
            THEN COALESCE((SELECT g.missing FROM roster_gap g WHERE g.need_id = n.id AND g.roster_id =
                (SELECT r.id FROM roster r WHERE r.team_id = n.team_id AND r.state IN ('draft', 'published')
                    AND r.from_on <= n.starts_on AND r.to_on >= n.starts_on ORDER BY r.version DESC LIMIT 1)), 0)
            WHEN n.headcount_min > (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL)
            THEN n.headcount_min - (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL)
            ELSE 0 END AS missing
    FROM need n JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id
    WHERE n.team_id = $team AND ($from_on IS NULL OR n.starts_on >= $from_on) /*scope*/
) AS c
WHERE c.missing > 0
ORDER BY c.starts_on, c.start_minute, c.post, c.id;
