using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Transfers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsFinance",
                table: "People",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "HandedOverAt",
                table: "Accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Transfers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Customer = table.Column<Guid>(type: "TEXT", nullable: false),
                    AskedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Receiver = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    FormerEmail = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    Why = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    IsSoleContact = table.Column<bool>(type: "INTEGER", nullable: false),
                    AgreedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    AgreedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Handover = table.Column<Guid>(type: "TEXT", nullable: true),
                    HandoverFailedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    HandedOverAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReceivedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PasswordsDestroyedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SeedsDestroyedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ToldAt = table.Column<long>(type: "INTEGER", nullable: false),
                    OperatorsToldAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CertifiedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Certificate = table.Column<string>(type: "TEXT", nullable: true),
                    WithdrawnBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Transfers", x => x.Id);
                    table.CheckConstraint("CK_Transfers_CertifiedLast", "\"CertifiedAt\" IS NULL OR (\"ReceivedAt\" IS NOT NULL AND \"PasswordsDestroyedAt\" IS NOT NULL AND \"SeedsDestroyedAt\" IS NOT NULL)");
                    table.CheckConstraint("CK_Transfers_TwoContacts", "\"AskedBy\" <> \"AgreedBy\"");
                });

            migrationBuilder.CreateTable(
                name: "TransferTurns",
                columns: table => new
                {
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Transfer = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Customer = table.Column<bool>(type: "INTEGER", nullable: false),
                    Provider = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TransferTurns", x => new { x.Transfer, x.Number });
                    table.ForeignKey(
                        name: "FK_TransferTurns_Transfers_Transfer",
                        column: x => x.Transfer,
                        principalTable: "Transfers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TransferWords",
                columns: table => new
                {
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Transfer = table.Column<Guid>(type: "TEXT", nullable: false),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Step = table.Column<int>(type: "INTEGER", nullable: false),
                    Holds = table.Column<bool>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ConfirmedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    ConfirmedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TransferWords", x => new { x.Transfer, x.Number });
                    table.CheckConstraint("CK_TransferWords_TwoPeople", "\"By\" <> \"ConfirmedBy\"");
                    table.ForeignKey(
                        name: "FK_TransferWords_Transfers_Transfer",
                        column: x => x.Transfer,
                        principalTable: "Transfers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Transfers_Account",
                table: "Transfers",
                column: "Account",
                unique: true,
                filter: "\"CertifiedAt\" IS NULL AND \"WithdrawnAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Transfers_CertifiedAt",
                table: "Transfers",
                column: "CertifiedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Transfers_Handover",
                table: "Transfers",
                column: "Handover");

            migrationBuilder.CreateIndex(
                name: "IX_TransferWords_Id",
                table: "TransferWords",
                column: "Id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "TransferTurns");

            migrationBuilder.DropTable(
                name: "TransferWords");

            migrationBuilder.DropTable(
                name: "Transfers");

            migrationBuilder.DropColumn(
                name: "IsFinance",
                table: "People");

            migrationBuilder.DropColumn(
                name: "HandedOverAt",
                table: "Accounts");
        }
    }
}
