using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.Sqlite
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Thing = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<Guid>(type: "TEXT", nullable: false),
                    To = table.Column<Guid>(type: "TEXT", nullable: false),
                    Label = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Why = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    BegunBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    BegunAt = table.Column<long>(type: "INTEGER", nullable: false),
                    HandedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    HandedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Handed = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    TakenAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Tried = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    EndedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CancelledBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    CancelledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CancelledWhy = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    ToldAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
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
