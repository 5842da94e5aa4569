using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Endings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Endings",
                columns: table => new
                {
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    ToldAt = table.Column<long>(type: "bigint", nullable: true),
                    DecidedAt = table.Column<long>(type: "bigint", nullable: true),
                    PasswordsDestroyedAt = table.Column<long>(type: "bigint", nullable: true),
                    SeedsDestroyedAt = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Endings", x => x.Account);
                    table.CheckConstraint("CK_Endings_DecidedFirst", "\"DecidedAt\" IS NOT NULL OR (\"PasswordsDestroyedAt\" IS NULL AND \"SeedsDestroyedAt\" IS NULL)");
                    table.ForeignKey(
                        name: "FK_Endings_Accounts_Account",
                        column: x => x.Account,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Endings");
        }
    }
}
