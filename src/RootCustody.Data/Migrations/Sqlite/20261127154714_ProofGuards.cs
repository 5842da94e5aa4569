using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.Sqlite
{
    /// <summary>What AWS proved is never changed or deleted (law 14), also behind the back of the code.</summary>
    public partial class ProofGuards : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Proofs_NoDelete" BEFORE DELETE ON "Proofs"
                BEGIN
                    SELECT RAISE(ABORT, 'Proofs are never deleted.');
                END;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Proofs_NoUpdate" BEFORE UPDATE ON "Proofs"
                BEGIN
                    SELECT RAISE(ABORT, 'Proofs are never changed.');
                END;
                """
            );
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Proofs_NoDelete";
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Proofs_NoUpdate";
                """
            );
        }
    }
}
