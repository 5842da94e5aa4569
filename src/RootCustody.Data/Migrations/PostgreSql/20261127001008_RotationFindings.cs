using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.PostgreSql
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
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PasswordFound",
                table: "Requests",
                type: "integer",
                nullable: true);

            // what a holder has said so far in a rotation that runs
            migrationBuilder.Sql(
                @"UPDATE ""Requests"" SET ""MfaFound"" = ""PendingGeneration"" WHERE ""MfaRotated"";");
            migrationBuilder.Sql(
                @"UPDATE ""Requests"" SET ""PasswordFound"" = ""PendingGeneration"" WHERE ""PasswordRotated"";");

            migrationBuilder.DropColumn(
                name: "MfaRotated",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "PasswordRotated",
                table: "Requests");
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
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "PasswordRotated",
                table: "Requests",
                type: "boolean",
                nullable: false,
                defaultValue: false);
        }
    }
}
