-- The roles of RootCustody on SQL Server. Run it in its database as db_owner, after each `db migrate`:
--
--   sqlcmd -I -d rootcustody -i sqlserver-roles.sql
--   CREATE USER custody_node FOR LOGIN custody_node; ALTER ROLE rootcustody_serve ADD MEMBER custody_node;
--
-- rootcustody_serve  what the host serves as. It owns nothing, so it can neither change or truncate tables nor switch off a
--                    trigger, and the log, the exposures, the retirements and the proofs only
--                    grow.
-- rootcustody_audit  what an auditor reads the log with.
--
-- `db migrate` runs as db_owner.

IF DATABASE_PRINCIPAL_ID('rootcustody_serve') IS NULL
    CREATE ROLE [rootcustody_serve];
IF DATABASE_PRINCIPAL_ID('rootcustody_audit') IS NULL
    CREATE ROLE [rootcustody_audit];
GO

GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::[dbo] TO [rootcustody_serve];

DENY INSERT, UPDATE, DELETE ON [dbo].[__EFMigrationsHistory] TO [rootcustody_serve];
DENY DELETE ON [dbo].[Audit] TO [rootcustody_serve];
DENY UPDATE ON [dbo].[Audit] ([Id], [Entry]) TO [rootcustody_serve];
DENY DELETE ON [dbo].[Exposures] TO [rootcustody_serve];
DENY UPDATE ON [dbo].[Exposures] ([Id], [Account], [Half], [Generation], [Person], [Request], [At], [Until])
    TO [rootcustody_serve];
DENY UPDATE, DELETE ON [dbo].[Retirements] TO [rootcustody_serve];
DENY UPDATE, DELETE ON [dbo].[Proofs] TO [rootcustody_serve];

GRANT SELECT ON [dbo].[Audit] TO [rootcustody_audit];
GO

-- the jobs, whose tables `db migrate` makes
IF SCHEMA_ID('hangfire') IS NOT NULL
    EXEC(N'GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON SCHEMA::[hangfire] TO [rootcustody_serve]');
GO
