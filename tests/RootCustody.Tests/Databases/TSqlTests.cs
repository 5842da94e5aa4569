using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Update;
using RootCustody.Data;
using RootCustody.Data.Databases;

namespace RootCustody.Tests.Databases;

/// <summary>SQL Server, as far as it can be known without one. What is asked of it by all other tests, <see cref="TSqlWatch"/> judges on the way.</summary>
public sealed class TSqlTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_script_of_the_schema_parses_with_all_that_it_executes(bool idempotent)
    {
        var script = Schema.Script(DatabaseProvider.SqlServer, idempotent);

        Assert.Null(TSql.FaultOf(script));
        Assert.Contains("CREATE TRIGGER [TR_Audit_Guard]", script, StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_of_the_schema_is_sound()
    {
        Assert.Empty(TSql.FaultsOnSchema());
    }

    [Fact]
    public void A_trigger_that_does_not_parse_is_found()
    {
        var script = Schema.Script(DatabaseProvider.SqlServer, idempotent: false);

        Assert.NotNull(TSql.FaultOf(script.Replace("SET NOCOUNT ON", "SET NOCOUNT OM", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_query_that_a_server_would_refuse_is_found()
    {
        Assert.NotNull(TSql.FaultOf("SELECT [Name] FROM [People] LIMIT 1"));
        Assert.Single(TSql.FaultsOnSchema(TSql.Procedure("SELECT [Name] FROM [People] WHERE [Key] = @key", [])));
        var unknown = string.Concat(
            TSql.FaultsOnSchema(
                TSql.Procedure("SELECT [Id] FROM [Peple]", []),
                TSql.Procedure("SELECT [Nmae] FROM [People]", [])
            )
        );
        Assert.Contains("[Peple]", unknown, StringComparison.Ordinal);
        Assert.Contains("[Nmae]", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_does_not_translate_is_found_where_it_is_asked()
    {
        await using var database = await TestDb.NewAsync();
        await using var db = database.Open();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            db.People.Where(p => EF.Functions.Glob(p.Name, "P*")).ToListAsync()
        );

        Assert.StartsWith("SQL Server would not take this query", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_flow_is_judged_on_the_way()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OpenAsync();

        Assert.True(TSqlWatch.Count > 30, $"Only {TSqlWatch.Count} queries were seen.");
        Assert.Empty(TSqlWatch.FaultsOnSchema());
    }

    /// <summary>What is saved is not asked by queries: rows get in, change and go by one statement for each table.</summary>
    [Fact]
    public void What_is_saved_to_each_table_parses_and_names_what_is_there()
    {
        using var turn = new WriterTurn();
        using var nowhere = DatabaseProvider.SqlServer.OpenNowhere(turn);
        List<string> procedures =
        [
            .. nowhere
                .GetService<IDesignTimeModel>()
                .Model.GetRelationalModel()
                .Tables.SelectMany(table =>
                    new[] { EntityState.Added, EntityState.Modified, EntityState.Deleted }.Select(state =>
                        Saving(nowhere, table, state)
                    )
                )
                .OfType<string>(),
        ];

        Assert.All(procedures, procedure => Assert.Null(TSql.FaultOf(procedure)));
        Assert.Empty(TSql.FaultsOnSchema(procedures));
    }

    private static string? Saving(CustodyDb nowhere, ITable table, EntityState state)
    {
        var command = nowhere
            .GetService<IModificationCommandFactory>()
            .CreateNonTrackedModificationCommand(
                new NonTrackedModificationCommandParameters(table.Name, table.Schema, sensitiveLoggingEnabled: false)
            );
        command.EntityState = state;
        List<string> parameters = [];
        foreach (var column in table.Columns)
            Add(command, column, state, parameters);

        if (state == EntityState.Modified && !command.ColumnModifications.Any(c => c.IsWrite))
            return null; // all of it is its key
        var sql = new StringBuilder();
        var generator = nowhere.GetService<IUpdateSqlGenerator>();
        _ = state switch
        {
            EntityState.Added => generator.AppendInsertOperation(sql, command, 0),
            EntityState.Modified => generator.AppendUpdateOperation(sql, command, 0),
            _ => generator.AppendDeleteOperation(sql, command, 0),
        };
        return TSql.Procedure(sql.ToString(), parameters);
    }

    private static void Add(
        INonTrackedModificationCommand command,
        IColumn column,
        EntityState state,
        List<string> parameters
    )
    {
        var property = column.PropertyMappings[0].Property;
        var (isKey, isMade) = (property.IsPrimaryKey(), property.ValueGenerated == ValueGenerated.OnAdd);
        var writes = !isMade && state == EntityState.Added || !isKey && state == EntityState.Modified;
        var asks = state != EntityState.Added && (isKey || property.IsConcurrencyToken);
        if (state == EntityState.Deleted && !asks)
            return;
        var parameter = $"p{parameters.Count}";
        command.AddColumnModification(
            new ColumnModificationParameters(
                column.Name,
                originalValue: null,
                value: null,
                property,
                column.StoreType,
                property.GetRelationalTypeMapping(),
                read: isMade && state == EntityState.Added,
                write: writes,
                key: isKey,
                condition: asks,
                sensitiveLoggingEnabled: false,
                isNullable: column.IsNullable
            )
            {
                GenerateParameterName = () => parameter,
            }
        );
        parameters.Add($"@{parameter} {column.StoreType}");
    }
}
