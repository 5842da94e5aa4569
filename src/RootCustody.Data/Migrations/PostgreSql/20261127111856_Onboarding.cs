using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Onboarding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "OnboardedAt",
                table: "Accounts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "OnboardingSince",
                table: "Accounts",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "OnboardingWords",
                columns: table => new
                {
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Item = table.Column<int>(type: "integer", nullable: false),
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Waives = table.Column<bool>(type: "boolean", nullable: false),
                    Text = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    By = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    ConfirmedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ConfirmedAt = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OnboardingWords", x => new { x.Account, x.Item });
                    table.CheckConstraint("CK_OnboardingWords_TwoPeople", "\"By\" <> \"ConfirmedBy\"");
                });

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_OnboardingSince",
                table: "Accounts",
                column: "OnboardingSince");

            migrationBuilder.CreateIndex(
                name: "IX_OnboardingWords_Id",
                table: "OnboardingWords",
                column: "Id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OnboardingWords");

            migrationBuilder.DropIndex(
                name: "IX_Accounts_OnboardingSince",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "OnboardedAt",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "OnboardingSince",
                table: "Accounts");
        }
    }
}
