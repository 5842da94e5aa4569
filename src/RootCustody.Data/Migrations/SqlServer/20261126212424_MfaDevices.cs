using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.SqlServer
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
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Picked",
                table: "Offers",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Device",
                table: "CardPlaces",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "HeldKeys",
                columns: table => new
                {
                    Device = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Account = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Place = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Seal = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Keeper = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    NewPlace = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    NewSeal = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    NewKeeper = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    OutWith = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    OutIn = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    OutSince = table.Column<long>(type: "bigint", nullable: true),
                    BrokenSince = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HeldKeys", x => x.Device);
                });

            migrationBuilder.CreateTable(
                name: "MfaDevices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Account = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    Generation = table.Column<int>(type: "int", nullable: false),
                    Label = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<int>(type: "int", nullable: false),
                    Drift = table.Column<int>(type: "int", nullable: false),
                    ProposedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ProposedAt = table.Column<long>(type: "bigint", nullable: false),
                    GivenStep = table.Column<long>(type: "bigint", nullable: false),
                    GivenTo = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
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
                @"INSERT INTO [MfaDevices] ([Id], [Account], [Kind], [Generation], [Label], [State], [Drift], [ProposedAt], [GivenStep], [Version])
                SELECT [Id], [Id], 0, [MfaGeneration], 'First device', 2, 0, 0, 0, 0 FROM [Accounts] WHERE [MfaGeneration] > 0;");
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
