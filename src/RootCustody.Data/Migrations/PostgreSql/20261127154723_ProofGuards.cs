using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.PostgreSql
{
    /// <summary>What AWS proved is never changed or deleted (law 14), also behind the back of the code.</summary>
    public partial class ProofGuards : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE FUNCTION guard_proofs() RETURNS trigger LANGUAGE plpgsql AS $guard$
                BEGIN
                    RAISE EXCEPTION 'Proofs are never changed or deleted.';
                END
                $guard$;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Proofs_Guard" BEFORE UPDATE OR DELETE ON "Proofs"
                    FOR EACH ROW EXECUTE FUNCTION guard_proofs();
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Proofs_NoTruncate" BEFORE TRUNCATE ON "Proofs"
                    FOR EACH STATEMENT EXECUTE FUNCTION guard_proofs();
                """
            );
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Proofs_Guard" ON "Proofs";
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER "TR_Proofs_NoTruncate" ON "Proofs";
                """
            );
            migrationBuilder.Sql(
                """
                DROP FUNCTION guard_proofs();
                """
            );
        }
    }
}
