using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.SqlServer
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Account = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Thing = table.Column<int>(type: "int", nullable: false),
                    From = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    To = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Label = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Why = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BegunBy = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    BegunAt = table.Column<long>(type: "bigint", nullable: false),
                    HandedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    HandedAt = table.Column<long>(type: "bigint", nullable: true),
                    Handed = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true, collation: "Latin1_General_100_BIN2"),
                    TakenAt = table.Column<long>(type: "bigint", nullable: true),
                    Tried = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true, collation: "Latin1_General_100_BIN2"),
                    EndedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    CancelledBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    CancelledAt = table.Column<long>(type: "bigint", nullable: true),
                    CancelledWhy = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ToldAt = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
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
