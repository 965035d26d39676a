-- name: channel.put
-- args: name text, driver text, rank int, enabled int, config text
INSERT INTO channel (name, driver, rank, enabled, config) VALUES ($name, $driver, $rank, $enabled, $config)
ON CONFLICT (name) DO UPDATE SET driver = excluded.driver, rank = excluded.rank, enabled = excluded.enabled, config = excluded.config;
-- name: channel.mode
SELECT mode FROM installation;
-- name: channel.find
-- args: name text?
-- without a name: the first that takes messages
SELECT name, driver, enabled FROM channel
WHERE ($name IS NULL AND enabled = 1 AND driver <> 'call_list') OR name = $name ORDER BY rank, name LIMIT 1;
