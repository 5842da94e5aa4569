using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class IamUsers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // wider, so that its index stays as it is
            migrationBuilder.Sql("ALTER TABLE [Accounts] ALTER COLUMN [Number] nvarchar(77) COLLATE Latin1_General_100_BIN2 NOT NULL;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_Accounts_Number", table: "Accounts");

            migrationBuilder.Sql("ALTER TABLE [Accounts] ALTER COLUMN [Number] nvarchar(12) COLLATE Latin1_General_100_BIN2 NOT NULL;");

            migrationBuilder.CreateIndex(name: "IX_Accounts_Number", table: "Accounts", column: "Number", unique: true);
        }
    }
}
