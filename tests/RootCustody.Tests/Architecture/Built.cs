using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace RootCustody.Tests.Architecture;

/// <summary>The house as it was built: every project of ours, and what each type of it depends on.</summary>
internal static class Built
{
    /// <summary>Each project, and which of ours it may reference.</summary>
    public static IReadOnlyDictionary<string, string[]> Projects { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["Core"] = [],
            ["Audit"] = [],
            ["AuditTool"] = ["Audit"],
            ["Data"] = ["Core", "Audit"],
            ["Desk"] = ["Core", "Audit", "Data"],
            ["Couriers"] = ["Core", "Audit", "Data"],
            ["Slack"] = ["Core"],
            ["Teams"] = ["Core"],
            ["Host"] = ["Core", "Audit", "Data", "Desk", "Couriers", "Slack", "Teams"],
            ["Playground"] = ["Core", "Audit", "Data", "Desk", "Couriers", "Slack", "Teams", "Host"],
        };

    public static ArchUnitNET.Domain.Architecture House { get; } =
        new ArchLoader().LoadAssemblies([.. Projects.Keys.Select(AssemblyOf)]).Build();

    public static Assembly AssemblyOf(string project) => Assembly.Load($"RootCustody.{project}");

    public static IObjectProvider<IType> In(params string[] projects)
    {
        Assembly[] assemblies = [.. projects.Select(AssemblyOf)];
        return Types().That().ResideInAssembly(assemblies[0], assemblies[1..]);
    }

    public static IObjectProvider<IType> InNamespace(string name) =>
        Types().That().HaveFullNameMatching(AtOrUnder(name));

    /// <param name="name">A namespace or a type that is not ours: plain <c>Types()</c> does not see them, and a rule about them would pass blind.</param>
    public static IObjectProvider<IType> Foreign(string name) =>
        Types(true).That().HaveFullNameMatching(AtOrUnder(name));

    /// <summary>None of these depends on one of those; and there are some of both, or it would say nothing.</summary>
    public static void Never(IObjectProvider<IType> these, IObjectProvider<IType> those)
    {
        Assert.NotEmpty(these.GetObjects(House));
        Assert.NotEmpty(those.GetObjects(House));

        var rule = Types().That().Are(these).Should().NotDependOnAny(those);

        Assert.True(
            rule.HasNoViolations(House),
            string.Join('\n', rule.Evaluate(House).Where(r => !r.Passed).Select(r => r.Description))
        );
    }

    private static string AtOrUnder(string name) => $"^{Regex.Escape(name)}(\\.|$)";
}
