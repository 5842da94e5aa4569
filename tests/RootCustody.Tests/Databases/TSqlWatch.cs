using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using RootCustody.Data;
using RootCustody.Data.Databases;

[assembly: AssemblyFixture(typeof(RootCustody.Tests.Databases.TSqlJudge))]

namespace RootCustody.Tests.Databases;

#pragma warning disable EF1001 // nothing public sees a query before it is translated

/// <summary>Watches what a context asks of SQLite and asks the same of SQL Server, as far as that goes without one: each query is translated and parsed where it is asked first, and at the end of the run all of them are judged on the model of the schema.</summary>
internal sealed class TSqlWatch(
    IQueryContextFactory queryContextFactory,
    ICompiledQueryCache compiledQueryCache,
    ICompiledQueryCacheKeyGenerator compiledQueryCacheKeyGenerator,
    IDatabase database,
    IDiagnosticsLogger<DbLoggerCategory.Query> logger,
    ICurrentDbContext currentContext,
    IEvaluatableExpressionFilter evaluatableExpressionFilter,
    IModel model
)
    : QueryCompiler(
        queryContextFactory,
        compiledQueryCache,
        compiledQueryCacheKeyGenerator,
        database,
        logger,
        currentContext,
        evaluatableExpressionFilter,
        model
    )
{
    private static readonly ConcurrentDictionary<string, string?> Seen = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, bool> Procedures = new(StringComparer.Ordinal);

    private static readonly MethodInfo Ask = typeof(IQueryCompiler).GetMethod(nameof(IQueryCompiler.Execute))!;

    /// <summary>How many different queries were seen.</summary>
    public static int Count => Seen.Count;

    /// <summary>What the model of the schema finds wrong with all that was seen.</summary>
    public static IReadOnlyList<string> FaultsOnSchema() => TSql.FaultsOnSchema(Procedures.Keys);

    public static void Over(DbContextOptionsBuilder options) => options.ReplaceService<IQueryCompiler, TSqlWatch>();

    public override TResult Execute<TResult>(Expression query)
    {
        Judge<TResult>(query);
        return base.Execute<TResult>(query);
    }

    public override TResult ExecuteAsync<TResult>(Expression query, CancellationToken cancellationToken = default)
    {
        Judge<TResult>(query);
        return base.ExecuteAsync<TResult>(query, cancellationToken);
    }

    private static void Judge<TResult>(Expression query)
    {
        if (Seen.GetOrAdd(query.ToString(), _ => FaultOf<TResult>(query)) is { } fault)
            throw new InvalidOperationException($"SQL Server would not take this query: {fault}");
    }

    private static string? FaultOf<TResult>(Expression query)
    {
        using var turn = new WriterTurn();
        var teller = new Teller();
        using var there = new DatabaseSettings { Provider = DatabaseProvider.SqlServer }.Open(
            turn,
            new CommitBell(),
            new PolicyBook([]),
            TimeProvider.System,
            options => options.AddInterceptors(teller, new NoConnection())
        );
        try
        {
            var result = Ask.MakeGenericMethod(Plain(typeof(TResult)))
                .Invoke(there.GetService<IQueryCompiler>(), [new Elsewhere(there).Visit(query)]);
            if (result is System.Collections.IEnumerable rows)
                rows.GetEnumerator().MoveNext();
        }
        catch (Exception told) when (told is ToldException || told.InnerException is ToldException) { }
        catch (TargetInvocationException refused)
        {
            return refused.InnerException!.Message;
        }
        return teller.Fault;
    }

    /// <summary>What a query gives when it is not awaited.</summary>
    private static Type Plain(Type result)
    {
        if (!result.IsGenericType)
            return result;
        var of = result.GetGenericArguments()[0];
        var kind = result.GetGenericTypeDefinition();
        return kind == typeof(Task<>) ? of
            : kind == typeof(IAsyncEnumerable<>) ? typeof(IEnumerable<>).MakeGenericType(of)
            : result;
    }

    /// <summary>The same query on the sets of another context.</summary>
    private sealed class Elsewhere(CustodyDb there) : ExpressionVisitor
    {
        private static readonly MethodInfo Set = typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!;

        protected override Expression VisitExtension(Expression node) =>
            node is EntityQueryRootExpression root ? SetOf(root.ElementType) : base.VisitExtension(node);

        protected override Expression VisitMember(MemberExpression node)
        {
            // a set that is named inside of the query: db.Outbox.Any(...)
            if (node.Type.IsGenericType && node.Type.GetGenericTypeDefinition() == typeof(DbSet<>))
                return SetOf(node.Type.GetGenericArguments()[0]);
            // a query that was begun before this one
            return node.Type.IsAssignableTo(typeof(IQueryable))
                ? Visit(Expression.Lambda<Func<IQueryable>>(node).Compile()().Expression)
                : base.VisitMember(node);
        }

        private Expression SetOf(Type entity) =>
            ((IQueryable)Set.MakeGenericMethod(entity).Invoke(there, null)!).Expression;
    }

    private sealed class ToldException : Exception;

    private sealed class Teller : DbCommandInterceptor
    {
        public string? Fault { get; private set; } = "it sends nothing";

        public override InterceptionResult<DbDataReader> ReaderExecuting(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result
        ) => throw Tell(command);

        public override InterceptionResult<int> NonQueryExecuting(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result
        ) => throw Tell(command);

        private ToldException Tell(DbCommand command)
        {
            var procedure = TSql.Procedure(
                command.CommandText,
                command.Parameters.Cast<SqlParameter>().Select(TSql.Declare)
            );
            Procedures.TryAdd(procedure, true);
            Fault = TSql.FaultOf(procedure);
            return new ToldException();
        }
    }

    private sealed class NoConnection : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionOpening(
            DbConnection connection,
            ConnectionEventData eventData,
            InterceptionResult result
        ) => InterceptionResult.Suppress();
    }
}

/// <summary>At the end of the run, whatever ran in it.</summary>
public sealed class TSqlJudge : IDisposable
{
    public void Dispose()
    {
        if (TSqlWatch.Count > 0 && TSqlWatch.FaultsOnSchema() is { Count: > 0 } faults)
            throw new InvalidOperationException($"SQL Server would not take what the tests asked: {faults[0]}");
    }
}
