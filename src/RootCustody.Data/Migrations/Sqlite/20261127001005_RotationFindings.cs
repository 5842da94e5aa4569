using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PasswordFound",
                table: "Requests",
                type: "INTEGER",
                nullable: true);

            // what a holder has said so far in a rotation that runs
            migrationBuilder.Sql(
                @"UPDATE ""Requests"" SET ""MfaFound"" = ""PendingGeneration"" WHERE ""MfaRotated"" = 1;");
            migrationBuilder.Sql(
                @"UPDATE ""Requests"" SET ""PasswordFound"" = ""PendingGeneration"" WHERE ""PasswordRotated"" = 1;");

            // not by rebuilding the table, which cannot be done in a transaction
            migrationBuilder.Sql(@"ALTER TABLE ""Requests"" DROP COLUMN ""MfaRotated"";");
            migrationBuilder.Sql(@"ALTER TABLE ""Requests"" DROP COLUMN ""PasswordRotated"";");
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
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "PasswordRotated",
                table: "Requests",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }
    }
}
