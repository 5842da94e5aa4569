using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.PostgreSql
{
    /// <summary>What may only ever grow: the audit log (law 13), exposures (law 1) and retirements (law 14), also behind the back of the code.</summary>
    public partial class Guards : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE FUNCTION guard_audit() RETURNS trigger LANGUAGE plpgsql AS $guard$
                BEGIN
                    IF TG_OP = 'TRUNCATE' THEN
                        RAISE EXCEPTION 'The audit log is append-only.';
                    END IF;
                    IF TG_OP <> 'UPDATE' OR OLD."Sequence" IS NOT NULL OR NEW."Sequence" IS NULL
                        OR NEW."Id" <> OLD."Id" OR NEW."Entry" <> OLD."Entry" THEN
                        RAISE EXCEPTION 'The audit log is append-only.';
                    END IF;
                    RETURN NEW;
                END
                $guard$;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Audit_Guard" BEFORE UPDATE OR DELETE ON "Audit"
                    FOR EACH ROW EXECUTE FUNCTION guard_audit();
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Audit_NoTruncate" BEFORE TRUNCATE ON "Audit"
                    FOR EACH STATEMENT EXECUTE FUNCTION guard_audit();
                """
            );
            migrationBuilder.Sql(
                """
                CREATE FUNCTION guard_exposures() RETURNS trigger LANGUAGE plpgsql AS $guard$
                BEGIN
                    IF TG_OP = 'TRUNCATE' THEN
                        RAISE EXCEPTION 'An exposure is concluded once, and never deleted.';
                    END IF;
                    IF TG_OP <> 'UPDATE'
                        OR (NEW."Id", NEW."Account", NEW."Half", NEW."Generation", NEW."Person", NEW."Request", NEW."At", NEW."Until")
                            IS DISTINCT FROM
                            (OLD."Id", OLD."Account", OLD."Half", OLD."Generation", OLD."Person", OLD."Request", OLD."At", OLD."Until")
                        OR (NEW."Outcome" <> OLD."Outcome" AND OLD."Outcome" <> 1)
                        OR (NEW."Removal" <> OLD."Removal" AND OLD."Removal" <> 0) THEN
                        RAISE EXCEPTION 'An exposure is concluded once, and never deleted.';
                    END IF;
                    RETURN NEW;
                END
                $guard$;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Exposures_Guard" BEFORE UPDATE OR DELETE ON "Exposures"
                    FOR EACH ROW EXECUTE FUNCTION guard_exposures();
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Exposures_NoTruncate" BEFORE TRUNCATE ON "Exposures"
                    FOR EACH STATEMENT EXECUTE FUNCTION guard_exposures();
                """
            );
            migrationBuilder.Sql(
                """
                CREATE FUNCTION guard_retirements() RETURNS trigger LANGUAGE plpgsql AS $guard$
                BEGIN
                    IF TG_OP = 'TRUNCATE' THEN
                        RAISE EXCEPTION 'Retirements are never changed or deleted.';
                    END IF;
                    IF TRUE THEN
                        RAISE EXCEPTION 'Retirements are never changed or deleted.';
                    END IF;
                    RETURN NEW;
                END
                $guard$;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Retirements_Guard" BEFORE UPDATE OR DELETE ON "Retirements"
                    FOR EACH ROW EXECUTE FUNCTION guard_retirements();
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Retirements_NoTruncate" BEFORE TRUNCATE ON "Retirements"
                    FOR EACH STATEMENT EXECUTE FUNCTION guard_retirements();
                """
            );
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Audit_Guard" ON "Audit";
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Audit_NoTruncate" ON "Audit";
                """
            );
            migrationBuilder.Sql(
                """
                DROP FUNCTION guard_audit();
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Exposures_Guard" ON "Exposures";
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Exposures_NoTruncate" ON "Exposures";
                """
            );
            migrationBuilder.Sql(
                """
                DROP FUNCTION guard_exposures();
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Retirements_Guard" ON "Retirements";
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Retirements_NoTruncate" ON "Retirements";
                """
            );
            migrationBuilder.Sql(
                """
                DROP FUNCTION guard_retirements();
                """
            );
        }
    }
}
