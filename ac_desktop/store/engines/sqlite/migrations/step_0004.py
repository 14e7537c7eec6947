"""One name for each account, whatever host name its connections use; before, each host was an account of its own.

Accounts that become one keep the slower pace: which was set last is not known. What a host is named must agree with
`model.address.account_of`.
"""

SQL = """
CREATE TABLE renamed AS
SELECT host, connection_id, pace, CASE
    WHEN here IN ('localhost', '127.0.0.1', '[::1]') THEN
        '127.0.0.1:' || CASE WHEN port > 0 THEN port WHEN base LIKE 'https:%' THEN 443 ELSE 80 END
    WHEN domain GLOB 'api-[a-z][a-z][0-9].com' OR domain GLOB 'api-[a-z][a-z][0-9][0-9].com'
        OR domain IN ('activehosted.com', 'listfly.com', 'api.activecampaign.com') THEN name || '.api-us1.com'
    ELSE host
END AS account
FROM (
    SELECT *, CASE WHEN below GLOB 'staging.*' THEN first || '.staging' ELSE first END AS name,
        CASE WHEN below GLOB 'staging.*' THEN substr(below, 9) ELSE below END AS domain
    FROM (
        SELECT a.host AS host, a.pace AS pace, c.id AS connection_id, c.base AS base,
            CASE WHEN a.host GLOB '*:[0-9]*' THEN rtrim(rtrim(a.host, '0123456789'), ':') ELSE a.host END AS here,
            CASE WHEN a.host GLOB '*:[0-9]*'
                THEN CAST(substr(a.host, length(rtrim(a.host, '0123456789')) + 1) AS INTEGER) END AS port,
            substr(a.host, 1, instr(a.host, '.') - 1) AS first, substr(a.host, instr(a.host, '.') + 1) AS below
        FROM account a LEFT JOIN connection c ON c.account = a.host
    )
);

INSERT INTO account (host, pace) SELECT account, MIN(pace) FROM renamed WHERE TRUE GROUP BY account
    ON CONFLICT DO UPDATE SET pace = MIN(pace, excluded.pace);

UPDATE connection SET account = (SELECT account FROM renamed WHERE connection_id = connection.id);

DELETE FROM account WHERE host NOT IN (SELECT account FROM renamed);

DROP TABLE renamed;
"""
