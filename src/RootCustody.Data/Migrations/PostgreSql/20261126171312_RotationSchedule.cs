using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class RotationSchedule : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "MfaPlannedAt",
                table: "Accounts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PasswordPlannedAt",
                table: "Accounts",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CalendarLinks",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Expires = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CalendarLinks", x => x.Person);
                });

            migrationBuilder.CreateTable(
                name: "Digests",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Digests", x => new { x.Person, x.Day });
                });

            migrationBuilder.CreateTable(
                name: "RotationDates",
                columns: table => new
                {
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Half = table.Column<int>(type: "integer", nullable: false),
                    Group = table.Column<Guid>(type: "uuid", nullable: false),
                    Generation = table.Column<int>(type: "integer", nullable: false),
                    Since = table.Column<long>(type: "bigint", nullable: false),
                    Limit = table.Column<long>(type: "bigint", nullable: false),
                    DueAt = table.Column<long>(type: "bigint", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Strain = table.Column<int>(type: "integer", nullable: false),
                    Snoozed = table.Column<long>(type: "bigint", nullable: false),
                    RemindOn = table.Column<DateOnly>(type: "date", nullable: false),
                    DutyOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RotationDates", x => new { x.Account, x.Half });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_MfaGroup",
                table: "Accounts",
                column: "MfaGroup");

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_MfaPlannedAt",
                table: "Accounts",
                column: "MfaPlannedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_PasswordGroup",
                table: "Accounts",
                column: "PasswordGroup");

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_PasswordPlannedAt",
                table: "Accounts",
                column: "PasswordPlannedAt");

            migrationBuilder.CreateIndex(
                name: "IX_CalendarLinks_Hash",
                table: "CalendarLinks",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Digests_Day",
                table: "Digests",
                column: "Day");

            migrationBuilder.CreateIndex(
                name: "IX_RotationDates_DutyOn",
                table: "RotationDates",
                column: "DutyOn");

            migrationBuilder.CreateIndex(
                name: "IX_RotationDates_Half_DueAt",
                table: "RotationDates",
                columns: new[] { "Half", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_RotationDates_RemindOn",
                table: "RotationDates",
                column: "RemindOn");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CalendarLinks");

            migrationBuilder.DropTable(
                name: "Digests");

            migrationBuilder.DropTable(
                name: "RotationDates");

            migrationBuilder.DropIndex(
                name: "IX_Accounts_MfaGroup",
                table: "Accounts");

            migrationBuilder.DropIndex(
                name: "IX_Accounts_MfaPlannedAt",
                table: "Accounts");

            migrationBuilder.DropIndex(
                name: "IX_Accounts_PasswordGroup",
                table: "Accounts");

            migrationBuilder.DropIndex(
                name: "IX_Accounts_PasswordPlannedAt",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "MfaPlannedAt",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "PasswordPlannedAt",
                table: "Accounts");
        }
    }
}
