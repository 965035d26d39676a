-- name: donation.operation
-- args: operation int
SELECT zone FROM operation WHERE id = $operation;
-- name: donation.find_donor_person
-- args: person int
SELECT id FROM donor WHERE person_id = $person ORDER BY id LIMIT 1;
-- name: donation.find_donor_name
-- args: operation int, name text, org int?
-- a name alone is no person: only the same name of the same organisation is the same donor
SELECT DISTINCT r.id FROM donor r JOIN donation d ON d.donor_id = r.id
WHERE d.operation_id = $operation AND r.person_id IS NULL AND r.name = $name AND r.org_id = $org AND r.anonymous = 0
ORDER BY r.id LIMIT 1;
-- name: donation.add_donor
-- args: id int, person int?, name text, anonymous int, publish int, org int?
INSERT INTO donor (id, person_id, name, anonymous, publish, org_id)
VALUES ($id, $person, $name, $anonymous, $publish, $org);
-- name: donation.donor
-- args: id int
SELECT id FROM donor WHERE id = $id;
-- name: donation.next_number
-- args: operation int
SELECT count(*) + 1 AS number FROM donation WHERE operation_id = $operation;
-- name: donation.add
-- args: id int, operation int, receipt_no text, donor int, kind text, amount_fen int, goods text, quantity int?, goods_unit text, receiver int?, community_code text?, received_on text, now int, purpose text, voucher_no text, by int?
INSERT INTO donation (id, operation_id, receipt_no, donor_id, kind, amount_fen, goods, quantity, goods_unit, receiver_id,
    community_code, received_on, recorded_at, purpose, voucher_no, by_id)
VALUES ($id, $operation, $receipt_no, $donor, $kind, $amount_fen, $goods, $quantity, $goods_unit, $receiver,
    $community_code, $received_on, $now, $purpose, $voucher_no, $by);
-- name: donation.load
-- args: id int
SELECT d.operation_id, d.receipt_no, d.donor_id, d.reverses_id,
    (SELECT r.receipt_no FROM donation r WHERE r.reverses_id = d.id) AS reversed_by
FROM donation d WHERE d.id = $id;
-- name: donation.reverse
-- args: id int, reverses int, receipt_no text, received_on text, now int, why text, by int?
INSERT INTO donation (id, operation_id, receipt_no, donor_id, kind, amount_fen, goods, quantity, goods_unit, receiver_id,
    community_code, received_on, recorded_at, purpose, voucher_no, by_id, reverses_id)
SELECT $id, d.operation_id, $receipt_no, d.donor_id, d.kind, -d.amount_fen, d.goods, -d.quantity, d.goods_unit,
    d.receiver_id, d.community_code, $received_on, $now, $why, d.voucher_no, $by, d.id
FROM donation d WHERE d.id = $reverses;
-- name: donation.lock
-- args: operation int
SELECT id FROM operation WHERE id = $operation;
-- @postgres
SELECT id FROM operation WHERE id = $operation FOR NO KEY UPDATE;
