using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class RotationFindings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "MfaFound",
                table: "Requests",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PasswordFound",
                table: "Requests",
                type: "int",
                nullable: true);

            // what a holder has said so far in a rotation that runs; a batch of a script is read as a whole, before the column is there
            migrationBuilder.Sql(
                "EXEC(N'UPDATE [Requests] SET [MfaFound] = [PendingGeneration] WHERE [MfaRotated] = 1;');");
            migrationBuilder.Sql(
                "EXEC(N'UPDATE [Requests] SET [PasswordFound] = [PendingGeneration] WHERE [PasswordRotated] = 1;');");

            migrationBuilder.Sql("ALTER TABLE [Requests] DROP COLUMN [MfaRotated], [PasswordRotated];");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "MfaFound",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "PasswordFound",
                table: "Requests");

            migrationBuilder.AddColumn<bool>(
                name: "MfaRotated",
                table: "Requests",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "PasswordRotated",
                table: "Requests",
                type: "bit",
                nullable: false,
                defaultValue: false);
        }
    }
}
