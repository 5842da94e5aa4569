using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.Sqlite
{
    /// <summary>What may only ever grow: the audit log (law 13), exposures (law 1) and retirements (law 14), also behind the back of the code.</summary>
    public partial class Guards : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Audit_NoDelete" BEFORE DELETE ON "Audit"
                BEGIN
                    SELECT RAISE(ABORT, 'The audit log is append-only.');
                END;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Audit_NumberedOnce" BEFORE UPDATE ON "Audit" WHEN OLD."Sequence" IS NOT NULL OR NEW."Sequence" IS NULL OR NEW."Id" IS NOT OLD."Id" OR NEW."Entry" IS NOT OLD."Entry"
                BEGIN
                    SELECT RAISE(ABORT, 'The audit log is append-only.');
                END;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Exposures_NoDelete" BEFORE DELETE ON "Exposures"
                BEGIN
                    SELECT RAISE(ABORT, 'Exposures are never deleted.');
                END;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Exposures_ConcludedOnce" BEFORE UPDATE ON "Exposures" WHEN NEW."Id" IS NOT OLD."Id" OR NEW."Account" IS NOT OLD."Account" OR NEW."Half" IS NOT OLD."Half" OR NEW."Generation" IS NOT OLD."Generation" OR NEW."Person" IS NOT OLD."Person" OR NEW."Request" IS NOT OLD."Request" OR NEW."At" IS NOT OLD."At" OR NEW."Until" IS NOT OLD."Until"
                    OR (NEW."Outcome" <> OLD."Outcome" AND OLD."Outcome" <> 1)
                    OR (NEW."Removal" <> OLD."Removal" AND OLD."Removal" <> 0)
                BEGIN
                    SELECT RAISE(ABORT, 'An exposure is concluded once and never changed.');
                END;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Retirements_NoDelete" BEFORE DELETE ON "Retirements"
                BEGIN
                    SELECT RAISE(ABORT, 'Retirements are never deleted.');
                END;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Retirements_NoUpdate" BEFORE UPDATE ON "Retirements"
                BEGIN
                    SELECT RAISE(ABORT, 'Retirements are never changed.');
                END;
                """
            );
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Audit_NoDelete";
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Audit_NumberedOnce";
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Exposures_NoDelete";
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Exposures_ConcludedOnce";
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Retirements_NoDelete";
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Retirements_NoUpdate";
                """
            );
        }
    }
}
