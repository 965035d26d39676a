-- name: health.version
SELECT schema_version FROM installation;
