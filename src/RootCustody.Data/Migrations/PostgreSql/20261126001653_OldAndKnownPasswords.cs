using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class OldAndKnownPasswords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "KnownPasswords",
                columns: table => new
                {
                    Fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Generation = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KnownPasswords", x => x.Fingerprint);
                });

            migrationBuilder.CreateTable(
                name: "OldPasswords",
                columns: table => new
                {
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Through = table.Column<int>(type: "integer", nullable: false),
                    From = table.Column<int>(type: "integer", nullable: false),
                    DestroyAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OldPasswords", x => new { x.Account, x.Through });
                    table.CheckConstraint("CK_OldPasswords_Span", "\"From\" <= \"Through\"");
                });

            migrationBuilder.CreateIndex(
                name: "IX_OldPasswords_DestroyAt",
                table: "OldPasswords",
                column: "DestroyAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "KnownPasswords");

            migrationBuilder.DropTable(
                name: "OldPasswords");
        }
    }
}
