using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Posture : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Evidence",
                columns: table => new
                {
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Source = table.Column<int>(type: "INTEGER", nullable: false),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: true),
                    BroughtAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ConfirmedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    ConfirmedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Evidence", x => new { x.Account, x.Source });
                    table.CheckConstraint("CK_Evidence_TwoPeople", "\"By\" <> \"ConfirmedBy\"");
                });

            migrationBuilder.CreateTable(
                name: "Findings",
                columns: table => new
                {
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Practice = table.Column<int>(type: "INTEGER", nullable: false),
                    Half = table.Column<int>(type: "INTEGER", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    GoodUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    RemindOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    DutyOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    CalledFor = table.Column<long>(type: "INTEGER", nullable: true),
                    WatchedSince = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Findings", x => new { x.Account, x.Practice });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Evidence_Id",
                table: "Evidence",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Findings_RemindOn",
                table: "Findings",
                column: "RemindOn");

            migrationBuilder.CreateIndex(
                name: "IX_Findings_State",
                table: "Findings",
                column: "State");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Evidence");

            migrationBuilder.DropTable(
                name: "Findings");
        }
    }
}
