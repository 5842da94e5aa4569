using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using RootCustody.Data.Databases;
using Schema = RootCustody.Data.Databases.Schema;

namespace RootCustody.Tests.Databases;

/// <summary>What can be known about T-SQL without a SQL Server: whether it parses (ScriptDom), and whether all that it names is there (the model of DacFx).</summary>
internal static class TSql
{
    private const string Judged = "Judged";

    private static readonly Lazy<IReadOnlyList<string>> Statements = new(() =>
        Merged(StatementsOf(Schema.Script(DatabaseProvider.SqlServer, idempotent: false)))
    );

    /// <summary>The first thing that is wrong with a script, what it executes as text included; null if nothing is.</summary>
    public static string? FaultOf(string script)
    {
        var (parsed, errors) = Parse(script);
        if (errors.Count > 0)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"line {errors[0].Line}: {errors[0].Message} in{Environment.NewLine}{script}"
            );
        return InnerOf(parsed!).Select(FaultOf).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>What a command needs to know of a parameter of its own.</summary>
    public static string Declare(SqlParameter parameter) =>
        (parameter.ParameterName.StartsWith('@') ? "" : "@")
        + parameter.ParameterName
        + ' '
        + parameter.SqlDbType switch
        {
            SqlDbType.NVarChar => "nvarchar(max)",
            SqlDbType.VarBinary => "varbinary(max)",
            var other => other.ToString().ToLowerInvariant(),
        };

    /// <summary>A command as the procedure that it could be, so that it can be judged.</summary>
    /// <param name="parameters">Each with its type, as a procedure declares them.</param>
    public static string Procedure(string command, IEnumerable<string> parameters) =>
        $"CREATE PROCEDURE [dbo].[{Judged}] {string.Join(", ", parameters)} AS{Environment.NewLine}{command}";

    /// <summary>What is wrong with our schema and with commands that run on it: their tables, columns and parameters have to be there.</summary>
    /// <param name="procedures">From <see cref="Procedure"/>.</param>
    public static IReadOnlyList<string> FaultsOnSchema(params IEnumerable<string> procedures)
    {
        List<string> faults = [];
        using var model = new TSqlModel(SqlServerVersion.Sql150, new TSqlModelOptions());
        foreach (var statement in Statements.Value)
            model.AddObjects(statement);
        foreach (var (number, procedure) in procedures.Index())
        {
            try
            {
                model.AddObjects(procedure.Replace(Judged, $"Judged{number}", StringComparison.Ordinal));
            }
            catch (DacModelException refused)
            {
                faults.Add($"{refused.Message}{Environment.NewLine}{procedure}");
            }
        }
        if (faults.Count == 0)
            faults.AddRange(model.Validate().Select(m => m.Message));
        return faults;
    }

    /// <summary>What makes something, one by one, the history of migrations and what is executed as text included.</summary>
    private static IEnumerable<string> StatementsOf(string script)
    {
        var (parsed, _) = Parse(script);
        foreach (var statement in ((TSqlScript)parsed!).Batches.SelectMany(b => b.Statements))
        {
            switch (statement)
            {
                case CreateTableStatement
                or CreateIndexStatement
                or CreateTriggerStatement
                or AlterTableAddTableElementStatement:
                    yield return TextOf(statement, script);
                    break;
                case ExecuteStatement:
                    foreach (var made in InnerOf(statement).SelectMany(StatementsOf))
                        yield return made;
                    break;
                case IfStatement { ThenStatement: BeginEndBlockStatement then }:
                    foreach (var made in then.StatementList.Statements.OfType<CreateTableStatement>())
                        yield return TextOf(made, script);
                    break;
            }
        }
    }

    /// <summary>The model takes no changes: a column that was added later is put among the others of its table.</summary>
    private static List<string> Merged(IEnumerable<string> statements)
    {
        List<string> merged = [];
        foreach (var statement in statements)
        {
            if (Only(statement) is not AlterTableAddTableElementStatement added)
            {
                merged.Add(statement);
                continue;
            }
            var at = merged.FindIndex(m =>
                Only(m) is CreateTableStatement table
                && table.SchemaObjectName.BaseIdentifier.Value == added.SchemaObjectName.BaseIdentifier.Value
            );
            var last = ((CreateTableStatement)Only(merged[at])).Definition.ColumnDefinitions[^1];
            var columns = added.Definition.ColumnDefinitions.Select(c => $", {TextOf(c, statement)}");
            merged[at] = merged[at].Insert(last.StartOffset + last.FragmentLength, string.Concat(columns));
        }
        return merged;
    }

    private static TSqlStatement Only(string statement) =>
        ((TSqlScript)Parse(statement).Item1!).Batches[0].Statements[0];

    private static string TextOf(TSqlFragment fragment, string script) =>
        script.Substring(fragment.StartOffset, fragment.FragmentLength);

    private static (TSqlFragment?, IList<ParseError>) Parse(string script)
    {
        using var reader = new StringReader(script);
        var parsed = new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return (parsed, errors);
    }

    private static List<string> InnerOf(TSqlFragment fragment)
    {
        var texts = new ExecutedTexts();
        fragment.Accept(texts);
        return texts.Found;
    }

    private sealed class ExecutedTexts : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(ExecutableStringList node) =>
            Found.AddRange(node.Strings.OfType<StringLiteral>().Select(s => s.Value));
    }
}
