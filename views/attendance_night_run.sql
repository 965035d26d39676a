-- view: attendance_night_run  Each person's longest run of nights, day after day.
-- scope: team x.team_id   for: commander secretary liaison leader auditor   also: $operation id?, $team id?, $person id?, $nights int?, $as_of utc?
-- columns: person_id id, name name, nights int, from_on day, to_on day
WITH night AS (SELECT x.person_id, max(/*name*/p.name/*end*/) AS name, x.starts_on
    FROM attendance x JOIN person p ON p.id = x.person_id JOIN team t ON t.id = x.team_id LEFT JOIN post s ON s.id = x.post_id
    WHERE x.void_at IS NULL AND ($operation IS NULL OR t.operation_id = $operation) AND ($team IS NULL OR x.team_id = $team)
    AND ($person IS NULL OR x.person_id = $person) AND ($as_of IS NULL OR x.in_recorded_at <= $as_of)
    AND (EXISTS (SELECT 1 FROM duty d JOIN need n ON n.id = d.need_id JOIN shift h ON h.id = n.shift_id
        WHERE d.id = x.duty_id AND h.kind = 'night')
    OR (x.duty_id IS NULL AND EXISTS (SELECT 1 FROM need n JOIN shift h ON h.id = n.shift_id WHERE n.post_id = x.post_id
        AND n.starts_at <= x.in_happened_at AND n.ends_at > x.in_happened_at AND h.kind = 'night'))) /*scope*/
    GROUP BY x.person_id, x.starts_on),
part AS (SELECT person_id, name, starts_on, CAST(substr(starts_on, 1, 4) AS INTEGER) AS y,
    CAST(substr(starts_on, 6, 2) AS INTEGER) AS m, CAST(substr(starts_on, 9, 2) AS INTEGER) AS d FROM night),
numbered AS (SELECT person_id, name, starts_on, -- the day as a number (Julian), so that days in a row differ by one
    1461 * (y + 4800 + (m - 14) / 12) / 4 + 367 * (m - 2 - 12 * ((m - 14) / 12)) / 12
        - 3 * ((y + 4900 + (m - 14) / 12) / 100) / 4 + d
        - row_number() OVER (PARTITION BY person_id ORDER BY starts_on) AS run FROM part),
run AS (SELECT person_id, max(name) AS name, count(*) AS nights, min(starts_on) AS from_on, max(starts_on) AS to_on
    FROM numbered GROUP BY person_id, run),
ranked AS (SELECT person_id, name, nights, from_on, to_on,
    row_number() OVER (PARTITION BY person_id ORDER BY nights DESC, from_on DESC) AS place FROM run)
SELECT person_id, name, nights, from_on, to_on FROM ranked WHERE place = 1 AND nights >= COALESCE($nights, 1)
ORDER BY nights DESC, person_id;
