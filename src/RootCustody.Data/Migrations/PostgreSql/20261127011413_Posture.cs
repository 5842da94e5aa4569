using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.PostgreSql
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
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Source = table.Column<int>(type: "integer", nullable: false),
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    By = table.Column<Guid>(type: "uuid", nullable: true),
                    BroughtAt = table.Column<long>(type: "bigint", nullable: false),
                    ConfirmedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ConfirmedAt = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Practice = table.Column<int>(type: "integer", nullable: false),
                    Half = table.Column<int>(type: "integer", nullable: true),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Words = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Since = table.Column<long>(type: "bigint", nullable: false),
                    GoodUntil = table.Column<long>(type: "bigint", nullable: true),
                    RemindOn = table.Column<DateOnly>(type: "date", nullable: true),
                    DutyOn = table.Column<DateOnly>(type: "date", nullable: true),
                    CalledFor = table.Column<long>(type: "bigint", nullable: true),
                    WatchedSince = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
