-- name: bulletin.operation
-- args: operation int
SELECT zone, state FROM operation WHERE id = $operation;
-- name: bulletin.find
-- args: operation int, number int
SELECT id, state FROM bulletin WHERE operation_id = $operation AND number = $number;
-- name: bulletin.load
-- args: id int
SELECT operation_id, number, state, filled_by FROM bulletin WHERE id = $id;
-- name: bulletin.add
-- args: id int, operation int, number int, as_of int, title text, issuer text, requests text, by int?
INSERT INTO bulletin (id, operation_id, number, as_of, state, title, issuer, requests, filled_by)
VALUES ($id, $operation, $number, $as_of, 'draft', $title, $issuer, $requests, $by);
-- name: bulletin.change
-- args: id int, as_of int, title text, issuer text, requests text, by int?
UPDATE bulletin SET as_of = $as_of, title = $title, issuer = $issuer, requests = $requests, filled_by = $by
WHERE id = $id;
-- name: bulletin.clear_records
-- args: id int
DELETE FROM bulletin_record WHERE bulletin_id = $id;
-- name: bulletin.clear_figures
-- args: id int
DELETE FROM bulletin_figure WHERE bulletin_id = $id;
-- name: bulletin.add_figure
-- args: id int, name text, kind text, view text, args text, value int
INSERT INTO bulletin_figure (bulletin_id, name, kind, view, args, value) VALUES ($id, $name, $kind, $view, $args, $value);
-- name: bulletin.add_record
-- args: id int, name text, record text
INSERT INTO bulletin_record (bulletin_id, name, record) VALUES ($id, $name, $record);
-- name: bulletin.freeze
-- args: id int, by int
UPDATE bulletin SET state = 'frozen', checked_by = $by WHERE id = $id;
-- what some figures are about: the largest, the longest, the first. Ties go to the older row.
-- name: bulletin.about_order
-- args: operation int, until int
SELECT id AS id FROM call_order WHERE operation_id = $operation AND released_at <= $until AND corrects_id IS NULL
ORDER BY number DESC LIMIT 1;
-- name: bulletin.about_org
-- args: operation int, until int
-- the agency that most leaders come from
SELECT o.id AS id FROM team t JOIN person p ON p.id = t.leader_id JOIN org_above u ON u.org_id = p.org_id
JOIN org o ON o.id = u.above_id AND o.kind = 'agency'
WHERE t.operation_id = $operation AND $until = $until GROUP BY o.id ORDER BY count(*) DESC, o.id LIMIT 1;
-- name: bulletin.about_liaison
-- args: operation int, until int
SELECT a.by_id AS id FROM notice_answer a JOIN notice n ON n.id = a.notice_id JOIN call_order c ON c.id = n.order_id
WHERE c.operation_id = $operation AND a.recorded_at <= $until AND a.by_id <> n.person_id
GROUP BY a.by_id ORDER BY count(DISTINCT n.person_id) DESC, a.by_id LIMIT 1;
-- name: bulletin.about_team
-- args: operation int, until int
SELECT m.team_id AS id FROM membership m WHERE m.operation_id = $operation AND m.state = 'active' AND m.from_at <= $until
GROUP BY m.team_id ORDER BY count(*) DESC, m.team_id LIMIT 1;
-- name: bulletin.nights
-- args: operation int, until int
SELECT a.person_id, a.starts_on FROM attendance a JOIN duty d ON d.id = a.duty_id JOIN need n ON n.id = d.need_id
JOIN shift h ON h.id = n.shift_id JOIN team t ON t.id = a.team_id
WHERE t.operation_id = $operation AND a.void_at IS NULL AND a.in_recorded_at <= $until AND h.kind = 'night'
ORDER BY a.person_id, a.starts_on;
