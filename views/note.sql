-- view: note  What people told a team in writing, newest first, and what each is about.
-- scope: team n.team_id   for: commander secretary leader   also: $team id?, $kind text?, $open yes?
-- columns: id id, team_id id, team text, person_id id, name name, kind text, about_id id, text name, written_at utc, settled_at utc, settled_by name, about_on day, about_post text, about_shift text, about_minutes int, about_receipt text
SELECT n.id, n.team_id, t.name AS team, n.person_id, /*name*/p.name/*end*/ AS name, n.kind, n.about_id, /*name*/n.text/*end*/ AS text, n.written_at,
    n.settled_at, /*name*/b.name/*end*/ AS settled_by, COALESCE(x.starts_on, d.received_on, e.starts_on) AS about_on,
    s.name AS about_post, h.name AS about_shift,
    COALESCE(x.confirmed_minutes, (x.out_happened_at - x.in_happened_at) / 60000) AS about_minutes, d.receipt_no AS about_receipt
FROM note n JOIN team t ON t.id = n.team_id JOIN person p ON p.id = n.person_id LEFT JOIN person b ON b.id = n.settled_by
LEFT JOIN attendance x ON n.kind = 'hours' AND x.id = n.about_id
LEFT JOIN donation d ON n.kind = 'gift' AND d.id = n.about_id
LEFT JOIN need e ON n.kind = 'help' AND e.id = n.about_id
LEFT JOIN post s ON s.id = COALESCE(x.post_id, e.post_id) LEFT JOIN shift h ON h.id = e.shift_id
WHERE ($team IS NULL OR n.team_id = $team) AND ($kind IS NULL OR n.kind = $kind)
    AND ($open IS NULL OR CASE WHEN n.settled_at IS NULL THEN 1 ELSE 0 END = $open) /*scope*/
ORDER BY n.id DESC;
