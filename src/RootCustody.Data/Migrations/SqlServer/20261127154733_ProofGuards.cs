using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.SqlServer
{
    /// <summary>What AWS proved is never changed or deleted (law 14), also behind the back of the code.</summary>
    public partial class ProofGuards : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                EXEC(N'
                CREATE TRIGGER [TR_Proofs_Guard] ON [Proofs] AFTER UPDATE, DELETE AS
                BEGIN
                    SET NOCOUNT ON;
                    IF EXISTS (SELECT 1 FROM deleted)
                        THROW 51000, ''Proofs are never changed or deleted.'', 1;
                END');
                """
            );
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP TRIGGER [TR_Proofs_Guard];
                """
            );
        }
    }
}
