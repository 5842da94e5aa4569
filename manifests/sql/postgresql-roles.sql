-- The roles of RootCustody on PostgreSQL. Run it in its database as the owner of the tables, after each `db migrate`:
--
--   psql --dbname rootcustody --file postgresql-roles.sql
--   CREATE ROLE custody_node LOGIN PASSWORD '...' IN ROLE rootcustody_serve;
--   ALTER ROLE custody_node SET idle_in_transaction_session_timeout = '1min';
--
-- The last line ends the transaction of a process that stands still in the middle of one (a machine that was paused): a
-- serializable transaction that stays open has the server refuse those of others, in time even in its other databases. The host
-- asks for the same with each connection; the line counts where a pooler between them leaves that out.
--
-- rootcustody_serve  what the host serves as. It owns nothing, so it can neither change tables nor switch off a trigger, and
--                    the log, the exposures, the retirements and the proofs only grow.
-- rootcustody_audit  what an auditor reads the log with.
--
-- `db migrate` runs as the owner.

DO $roles$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'rootcustody_serve') THEN
        CREATE ROLE rootcustody_serve NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'rootcustody_audit') THEN
        CREATE ROLE rootcustody_audit NOLOGIN;
    END IF;
END
$roles$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO rootcustody_serve, rootcustody_audit;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO rootcustody_serve;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO rootcustody_serve;

REVOKE INSERT, UPDATE, DELETE ON "__EFMigrationsHistory" FROM rootcustody_serve;
REVOKE UPDATE, DELETE ON "Audit", "Exposures", "Retirements", "Proofs" FROM rootcustody_serve;
GRANT UPDATE ("Sequence", "Previous", "Hash") ON "Audit" TO rootcustody_serve;
GRANT UPDATE ("Outcome", "Removal", "Version") ON "Exposures" TO rootcustody_serve;

GRANT SELECT ON "Audit" TO rootcustody_audit;

-- the jobs, whose tables `db migrate` makes
DO $jobs$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'hangfire') THEN
        GRANT USAGE ON SCHEMA hangfire TO rootcustody_serve;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA hangfire TO rootcustody_serve;
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA hangfire TO rootcustody_serve;
    END IF;
END
$jobs$;
