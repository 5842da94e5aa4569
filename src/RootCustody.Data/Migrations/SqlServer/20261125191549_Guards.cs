using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.SqlServer
{
    /// <summary>What may only ever grow: the audit log (law 13), exposures (law 1) and retirements (law 14), also behind the back of the code.</summary>
    public partial class Guards : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                EXEC(N'
                CREATE TRIGGER [TR_Audit_Guard] ON [Audit] AFTER UPDATE, DELETE AS
                BEGIN
                    SET NOCOUNT ON;
                    IF EXISTS (
                        SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.[Id] = d.[Id]
                        WHERE i.[Id] IS NULL OR d.[Sequence] IS NOT NULL OR i.[Sequence] IS NULL
                            OR CAST(i.[Entry] AS varbinary(max)) <> CAST(d.[Entry] AS varbinary(max))
                    )
                        THROW 51000, ''The audit log is append-only.'', 1;
                END');
                """
            );
            migrationBuilder.Sql(
                """
                EXEC(N'
                CREATE TRIGGER [TR_Exposures_Guard] ON [Exposures] AFTER UPDATE, DELETE AS
                BEGIN
                    SET NOCOUNT ON;
                    IF EXISTS (
                        SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.[Id] = d.[Id]
                        WHERE i.[Id] IS NULL
                            OR NOT EXISTS (SELECT i.[Id], i.[Account], i.[Half], i.[Generation], i.[Person], i.[Request], i.[At], i.[Until]
                                INTERSECT SELECT d.[Id], d.[Account], d.[Half], d.[Generation], d.[Person], d.[Request], d.[At], d.[Until])
                            OR (i.[Outcome] <> d.[Outcome] AND d.[Outcome] <> 1)
                            OR (i.[Removal] <> d.[Removal] AND d.[Removal] <> 0)
                    )
                        THROW 51000, ''An exposure is concluded once, and never deleted.'', 1;
                END');
                """
            );
            migrationBuilder.Sql(
                """
                EXEC(N'
                CREATE TRIGGER [TR_Retirements_Guard] ON [Retirements] AFTER UPDATE, DELETE AS
                BEGIN
                    SET NOCOUNT ON;
                    IF EXISTS (
                        SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.[Id] = d.[Id]
                        WHERE 1 = 1
                    )
                        THROW 51000, ''Retirements are never changed or deleted.'', 1;
                END');
                """
            );
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP TRIGGER [TR_Audit_Guard];
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER [TR_Exposures_Guard];
                """
            );
            migrationBuilder.Sql(
                """
                DROP TRIGGER [TR_Retirements_Guard];
                """
            );
        }
    }
}
