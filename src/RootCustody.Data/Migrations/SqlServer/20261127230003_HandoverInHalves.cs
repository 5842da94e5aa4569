using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.SqlServer
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
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "MfaReceiver",
                table: "Requests",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "PasswordReceiver",
                table: "Requests",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "CK_Requests_TwoReceivers",
                table: "Requests",
                sql: "(\"PasswordReceiver\" IS NULL AND \"MfaReceiver\" IS NULL) OR (\"PasswordReceiver\" IS NOT NULL AND \"MfaReceiver\" IS NOT NULL AND \"PasswordReceiver\" <> \"MfaReceiver\" AND \"PasswordReceiver\" <> \"PasswordApprover\" AND \"PasswordReceiver\" <> \"MfaApprover\" AND \"MfaReceiver\" <> \"PasswordApprover\" AND \"MfaReceiver\" <> \"MfaApprover\" AND \"PasswordApprover\" <> \"MfaApprover\")");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "CK_Requests_TwoReceivers",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "InHalves",
                table: "Transfers");

            migrationBuilder.DropColumn(
                name: "MfaReceiver",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "PasswordReceiver",
                table: "Requests");
        }
    }
}
