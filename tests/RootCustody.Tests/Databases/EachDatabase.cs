using System.Runtime.CompilerServices;
using RootCustody.Data.Databases;
using Xunit.Sdk;
using Xunit.v3;

namespace RootCustody.Tests.Databases;

/// <summary>A fact that has to hold on every database: it runs on SQLite, on PostgreSQL, and on SQL Server where there is one.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(EachDatabase.OfFact))]
public sealed class DatabaseFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
    : FactAttribute(file, line);

/// <summary>As <see cref="DatabaseFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(EachDatabase.OfTheory))]
public sealed class DatabaseTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
    : TheoryAttribute(file, line);

/// <summary>Makes one test case for each database out of one.</summary>
public static class EachDatabase
{
    private const string Trait = "Database";

    /// <summary>The variable that names a SQL Server to test on; without it nothing about one is discovered.</summary>
    public const string SqlServerVariable = "ROOTCUSTODY_TEST_SQLSERVER";

    /// <summary>The database of the test that runs now; SQLite where it does not say.</summary>
    public static DatabaseProvider Wanted =>
        TestContext.Current.TestCase?.Traits.TryGetValue(Trait, out var names) == true
            ? Enum.Parse<DatabaseProvider>(names.Single())
            : DatabaseProvider.Sqlite;

    private static IEnumerable<DatabaseProvider> All =>
        Enum.GetValues<DatabaseProvider>()
            .Where(p =>
                p != DatabaseProvider.SqlServer || Environment.GetEnvironmentVariable(SqlServerVariable) is not null
            );

    private static async ValueTask<IReadOnlyCollection<IXunitTestCase>> MultiplyAsync(
        ValueTask<IReadOnlyCollection<IXunitTestCase>> cases
    ) => [.. (await cases).SelectMany(found => All.Select(database => On(database, found)))];

    private static IXunitTestCase On(DatabaseProvider database, IXunitTestCase found)
    {
        var name = $"{found.TestCaseDisplayName} [{database}]";
        var id = $"{found.UniqueID}-{database}";
        var traits = found.Traits.ToDictionary(t => t.Key, t => t.Value.ToHashSet(StringComparer.Ordinal));
        traits[Trait] = [database.ToString()];
        return found switch
        {
            XunitDelayEnumeratedTheoryTestCase theory => new XunitDelayEnumeratedTheoryTestCase(
                theory.TestMethod,
                name,
                id,
                theory.Explicit,
                theory.SkipTestWithoutData,
                theory.SkipExceptions,
                theory.SkipReason,
                theory.SkipType,
                theory.SkipUnless,
                theory.SkipWhen,
                traits,
                theory.SourceFilePath,
                theory.SourceLineNumber,
                theory.Timeout
            ),
            XunitTestCase one => new XunitTestCase(
                one.TestMethod,
                name,
                id,
                one.Explicit,
                one.SkipExceptions,
                one.SkipReason,
                one.SkipType,
                one.SkipUnless,
                one.SkipWhen,
                traits,
                one.TestMethodArguments,
                one.SourceFilePath,
                one.SourceLineNumber,
                one.Timeout
            ),
            _ => found, // it says what is wrong with the test
        };
    }

    public sealed class OfFact : FactDiscoverer
    {
        public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
            ITestFrameworkDiscoveryOptions discoveryOptions,
            IXunitTestMethod testMethod,
            IFactAttribute factAttribute
        ) => MultiplyAsync(base.Discover(discoveryOptions, testMethod, factAttribute));
    }

    public sealed class OfTheory : TheoryDiscoverer
    {
        public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
            ITestFrameworkDiscoveryOptions discoveryOptions,
            IXunitTestMethod testMethod,
            IFactAttribute factAttribute
        ) => MultiplyAsync(base.Discover(discoveryOptions, testMethod, factAttribute));
    }
}
