using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.SqlServer
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
                    Account = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Item = table.Column<int>(type: "int", nullable: false),
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Waives = table.Column<bool>(type: "bit", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false, collation: "Latin1_General_100_BIN2"),
                    By = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    ConfirmedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ConfirmedAt = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
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
