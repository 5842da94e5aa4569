using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Moves : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Moves",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Thing = table.Column<int>(type: "integer", nullable: false),
                    From = table.Column<Guid>(type: "uuid", nullable: false),
                    To = table.Column<Guid>(type: "uuid", nullable: false),
                    Label = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Why = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    BegunBy = table.Column<Guid>(type: "uuid", nullable: false),
                    BegunAt = table.Column<long>(type: "bigint", nullable: false),
                    HandedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    HandedAt = table.Column<long>(type: "bigint", nullable: true),
                    Handed = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C"),
                    TakenAt = table.Column<long>(type: "bigint", nullable: true),
                    Tried = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C"),
                    EndedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    CancelledBy = table.Column<Guid>(type: "uuid", nullable: true),
                    CancelledAt = table.Column<long>(type: "bigint", nullable: true),
                    CancelledWhy = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C"),
                    ToldAt = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Moves", x => x.Id);
                    table.CheckConstraint("CK_Moves_InOrder", "(\"TakenAt\" IS NULL OR \"HandedAt\" IS NOT NULL) AND (\"EndedAt\" IS NULL OR (\"TakenAt\" IS NOT NULL AND \"CancelledAt\" IS NULL))");
                    table.CheckConstraint("CK_Moves_OthersDecide", "\"From\" <> \"To\" AND \"BegunBy\" <> \"To\" AND \"EndedBy\" <> \"To\" AND \"EndedBy\" <> \"BegunBy\"");
                });

            migrationBuilder.CreateIndex(
                name: "IX_Moves_Account_Thing",
                table: "Moves",
                columns: new[] { "Account", "Thing" },
                unique: true,
                filter: "\"EndedAt\" IS NULL AND \"CancelledAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Moves_To",
                table: "Moves",
                column: "To");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Moves");
        }
    }
}
