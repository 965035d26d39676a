-- view: donation_entry  The ledger of gifts: every entry, reversals included unless net is asked for, in the order of recording.
-- scope: division d.community_code   for: commander secretary auditor   names: commander secretary auditor   also: $operation id, $donor id?, $community code?, $from_on day?, $to_on day?, $until utc?, $kind text?, $net yes?
-- columns: id id, receipt_no text, received_on day, donor_id id, donor name, anonymous yes, kind text, amount_fen int, goods text, quantity int, goods_unit text, community_code code, community text, receiver name, purpose text, voucher_no text, reverses text, recorded_at utc, entered_by name, donor_org text, publish yes
SELECT d.id, d.receipt_no, d.received_on, d.donor_id, /*name*/CASE WHEN r.anonymous = 1 THEN '' ELSE r.name END/*end*/ AS donor, r.anonymous,
    d.kind, d.amount_fen, d.goods, d.quantity, d.goods_unit, d.community_code, v.name AS community, /*name*/w.name/*end*/ AS receiver,
    d.purpose, d.voucher_no, x.receipt_no AS reverses, d.recorded_at, /*name*/b.name/*end*/ AS entered_by, g.name AS donor_org, r.publish
FROM donation d JOIN donor r ON r.id = d.donor_id LEFT JOIN division v ON v.code = d.community_code
LEFT JOIN person w ON w.id = d.receiver_id LEFT JOIN donation x ON x.id = d.reverses_id
LEFT JOIN person b ON b.id = d.by_id LEFT JOIN org g ON g.id = r.org_id
WHERE d.operation_id = $operation AND ($donor IS NULL OR d.donor_id = $donor)
    AND ($community IS NULL OR d.community_code = $community) AND ($from_on IS NULL OR d.received_on >= $from_on)
    AND ($to_on IS NULL OR d.received_on <= $to_on) AND ($until IS NULL OR d.recorded_at <= $until)
    AND ($kind IS NULL OR d.kind = $kind)
    AND ($net IS NULL OR $net = 0 OR (d.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM donation z WHERE z.reverses_id = d.id
        AND ($until IS NULL OR z.recorded_at <= $until)))) /*scope*/
ORDER BY d.id;
