using System.Xml.Linq;
using static RootCustody.Tests.Architecture.Built;

namespace RootCustody.Tests.Architecture;

/// <summary>The boundaries of the house: another process, trust or vendor.</summary>
public class BoundaryTests
{
    public static TheoryData<string> EachProject => [.. Projects.Keys];

    [Theory]
    [MemberData(nameof(EachProject))]
    public void A_project_references_only_the_projects_that_it_may(string project)
    {
        var file = Path.Combine(Source(), $"RootCustody.{project}", $"RootCustody.{project}.csproj");

        var references = XDocument
            .Load(file)
            .Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(Projects[project].Select(p => $"RootCustody.{p}"), StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EachProject))]
    public void A_project_is_built_on_only_the_projects_that_it_may(string project)
    {
        // transitive references reach further than the project file says, so the assembly is asked too
        var ours = AssemblyOf(project)
            .GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(name => name.StartsWith("RootCustody.", StringComparison.Ordinal));

        Assert.Empty(ours.Except(Projects[project].Select(p => $"RootCustody.{p}"), StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_has_its_place_in_these_rules()
    {
        var projects = Directory.GetDirectories(Source(), "RootCustody.*").Select(d => Path.GetFileName(d)[12..]);

        Assert.Equal(Projects.Keys.Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_laws_rest_on_the_runtime_alone() =>
        Assert.All(
            AssemblyOf("Core").GetReferencedAssemblies(),
            a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("System.TimeProvider")]
    [InlineData("System.IO")]
    public void The_laws_read_no_clock_and_no_file(string source) => Never(In("Core"), Foreign(source));

    [Theory]
    [InlineData("Microsoft.EntityFrameworkCore")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("Hangfire")]
    [InlineData("System.Net.Http")]
    public void The_laws_and_the_log_know_no_framework(string framework) =>
        Never(In("Core", "Audit", "AuditTool"), Foreign(framework));

    [Fact]
    public void Web_requests_are_met_in_the_adapters_and_the_host_only() =>
        Never(In("Core", "Audit", "AuditTool", "Data", "Desk", "Couriers"), Foreign("Microsoft.AspNetCore"));

    [Fact]
    public void Jobs_are_in_desk_couriers_host_and_playground_only() =>
        Never(In("Core", "Audit", "AuditTool", "Data", "Slack", "Teams"), Foreign("Hangfire"));

    [Fact]
    public void The_adapters_know_no_database() =>
        Never(In("Slack", "Teams"), Foreign("Microsoft.EntityFrameworkCore"));

    [Fact]
    public void The_desk_knows_no_courier()
    {
        Never(In("Desk"), In("Couriers"));
        Never(In("Couriers"), In("Desk"));
    }

    [Fact]
    public void Slack_and_Teams_do_not_know_each_other()
    {
        Never(In("Slack"), In("Teams"));
        Never(In("Teams"), In("Slack"));
    }

    [Fact]
    public void Nothing_of_the_product_knows_the_playground() =>
        Never(In([.. Projects.Keys.Where(p => p != "Playground")]), In("Playground"));

    [Fact, Trait("Law", "7")]
    public void Passwords_and_MFA_codes_are_handled_by_code_that_does_not_know_the_other()
    {
        Never(InNamespace("RootCustody.Couriers.Passwords"), InNamespace("RootCustody.Couriers.MfaCodes"));
        Never(InNamespace("RootCustody.Couriers.MfaCodes"), InNamespace("RootCustody.Couriers.Passwords"));
    }

    /// <summary>The folder <c>src</c>, found from where the tests run.</summary>
    private static string Source()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RootCustody.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        return Path.Combine(folder.FullName, "src");
    }
}
