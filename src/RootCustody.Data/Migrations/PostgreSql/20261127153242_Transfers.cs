using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.PostgreSql
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
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "HandedOverAt",
                table: "Accounts",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Transfers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Customer = table.Column<Guid>(type: "uuid", nullable: false),
                    AskedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    AskedAt = table.Column<long>(type: "bigint", nullable: false),
                    Receiver = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false, collation: "C"),
                    FormerEmail = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false, collation: "C"),
                    Why = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    IsSoleContact = table.Column<bool>(type: "boolean", nullable: false),
                    AgreedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    AgreedAt = table.Column<long>(type: "bigint", nullable: true),
                    Handover = table.Column<Guid>(type: "uuid", nullable: true),
                    HandoverFailedAt = table.Column<long>(type: "bigint", nullable: true),
                    HandedOverAt = table.Column<long>(type: "bigint", nullable: true),
                    ReceivedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ReceivedAt = table.Column<long>(type: "bigint", nullable: true),
                    PasswordsDestroyedAt = table.Column<long>(type: "bigint", nullable: true),
                    SeedsDestroyedAt = table.Column<long>(type: "bigint", nullable: true),
                    ToldAt = table.Column<long>(type: "bigint", nullable: false),
                    OperatorsToldAt = table.Column<long>(type: "bigint", nullable: true),
                    CertifiedAt = table.Column<long>(type: "bigint", nullable: true),
                    Certificate = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    WithdrawnBy = table.Column<Guid>(type: "uuid", nullable: true),
                    WithdrawnAt = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Transfer = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Customer = table.Column<bool>(type: "boolean", nullable: false),
                    Provider = table.Column<bool>(type: "boolean", nullable: false)
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
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Transfer = table.Column<Guid>(type: "uuid", nullable: false),
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Step = table.Column<int>(type: "integer", nullable: false),
                    Holds = table.Column<bool>(type: "boolean", nullable: false),
                    Text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    By = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    ConfirmedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ConfirmedAt = table.Column<long>(type: "bigint", nullable: true)
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
