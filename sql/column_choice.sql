-- name: column_choice.drop
-- args: kind text, header_key text
DELETE FROM column_choice WHERE kind = $kind AND header_key = $header_key;
-- name: column_choice.add
-- args: kind text, header_key text, label text, nth int, field text
INSERT INTO column_choice (kind, header_key, label, nth, field) VALUES ($kind, $header_key, $label, $nth, $field)
ON CONFLICT (kind, header_key, label, nth) DO UPDATE SET field = excluded.field;
