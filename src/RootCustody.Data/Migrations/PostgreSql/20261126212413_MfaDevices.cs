using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class MfaDevices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "From",
                table: "Retirements",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Picked",
                table: "Offers",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Device",
                table: "CardPlaces",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "HeldKeys",
                columns: table => new
                {
                    Device = table.Column<Guid>(type: "uuid", nullable: false),
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Place = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Seal = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Keeper = table.Column<Guid>(type: "uuid", nullable: false),
                    NewPlace = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    NewSeal = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true, collation: "C"),
                    NewKeeper = table.Column<Guid>(type: "uuid", nullable: true),
                    OutWith = table.Column<Guid>(type: "uuid", nullable: true),
                    OutIn = table.Column<Guid>(type: "uuid", nullable: true),
                    OutSince = table.Column<long>(type: "bigint", nullable: true),
                    BrokenSince = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HeldKeys", x => x.Device);
                });

            migrationBuilder.CreateTable(
                name: "MfaDevices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Generation = table.Column<int>(type: "integer", nullable: false),
                    Label = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Drift = table.Column<int>(type: "integer", nullable: false),
                    ProposedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ProposedAt = table.Column<long>(type: "bigint", nullable: false),
                    GivenStep = table.Column<long>(type: "bigint", nullable: false),
                    GivenTo = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MfaDevices", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CardPlaces_Device",
                table: "CardPlaces",
                column: "Device");

            migrationBuilder.CreateIndex(
                name: "IX_HeldKeys_Account",
                table: "HeldKeys",
                column: "Account");

            migrationBuilder.CreateIndex(
                name: "IX_HeldKeys_OutIn",
                table: "HeldKeys",
                column: "OutIn");

            migrationBuilder.CreateIndex(
                name: "IX_MfaDevices_Account_Generation",
                table: "MfaDevices",
                columns: new[] { "Account", "Generation" },
                unique: true);

            // the one device that each account had before devices had names; it was in use, and bears the id of its account
            migrationBuilder.Sql(
                @"INSERT INTO ""MfaDevices"" (""Id"", ""Account"", ""Kind"", ""Generation"", ""Label"", ""State"", ""Drift"", ""ProposedAt"", ""GivenStep"", ""Version"")
                SELECT ""Id"", ""Id"", 0, ""MfaGeneration"", 'First device', 2, 0, 0, 0, 0 FROM ""Accounts"" WHERE ""MfaGeneration"" > 0;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "HeldKeys");

            migrationBuilder.DropTable(
                name: "MfaDevices");

            migrationBuilder.DropIndex(
                name: "IX_CardPlaces_Device",
                table: "CardPlaces");

            migrationBuilder.DropColumn(
                name: "From",
                table: "Retirements");

            migrationBuilder.DropColumn(
                name: "Picked",
                table: "Offers");

            migrationBuilder.DropColumn(
                name: "Device",
                table: "CardPlaces");
        }
    }
}
