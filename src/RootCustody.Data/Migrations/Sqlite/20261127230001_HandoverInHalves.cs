using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class HandoverInHalves : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "InHalves",
                table: "Transfers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "MfaReceiver",
                table: "Requests",
                type: "TEXT",
                nullable: true);

            // with the column, so that the table is not built anew
            migrationBuilder.Sql(
                @"ALTER TABLE ""Requests"" ADD COLUMN ""PasswordReceiver"" TEXT NULL CONSTRAINT ""CK_Requests_TwoReceivers"" CHECK ((""PasswordReceiver"" IS NULL AND ""MfaReceiver"" IS NULL) OR (""PasswordReceiver"" IS NOT NULL AND ""MfaReceiver"" IS NOT NULL AND ""PasswordReceiver"" <> ""MfaReceiver"" AND ""PasswordReceiver"" <> ""PasswordApprover"" AND ""PasswordReceiver"" <> ""MfaApprover"" AND ""MfaReceiver"" <> ""PasswordApprover"" AND ""MfaReceiver"" <> ""MfaApprover"" AND ""PasswordApprover"" <> ""MfaApprover""));");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(@"ALTER TABLE ""Requests"" DROP COLUMN ""PasswordReceiver"";");
            migrationBuilder.Sql(@"ALTER TABLE ""Requests"" DROP COLUMN ""MfaReceiver"";");
            migrationBuilder.Sql(@"ALTER TABLE ""Transfers"" DROP COLUMN ""InHalves"";");
        }
    }
}
