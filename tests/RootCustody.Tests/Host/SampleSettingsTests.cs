using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using RootCustody.Host;

namespace RootCustody.Tests.Host;

public sealed class SampleSettingsTests
{
    private static readonly string Sample = Path.Combine(Root(), "appsettings.sample.json");

    [Fact]
    public void The_sample_shows_every_setting_and_no_other()
    {
        var sample = new ConfigurationBuilder().AddJsonFile(Sample).Build().GetSection(CustodySettings.Section);

        Assert.Equal(NamesOf(typeof(CustodySettings), "").Order(), NamesOf(sample, typeof(CustodySettings)).Order());
    }

    [Fact]
    public void The_sample_binds_to_the_defaults()
    {
        var bound = new CustodySettings();
        new ConfigurationBuilder().AddJsonFile(Sample).Build().GetSection(CustodySettings.Section).Bind(bound);

        Assert.Empty(bound.Faults(isDevelopment: true));
        Assert.False(bound.Slack.UsesDevelopmentAddresses || bound.Teams.UsesDevelopmentAddresses);
        foreach (var property in typeof(Policy).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            Assert.Equal(property.GetValue(new Policy()), property.GetValue(bound.Policy));
    }

    [Fact]
    public void What_is_set_for_a_customer_or_an_account_is_read_and_named()
    {
        var bound = new CustodySettings();
        new ConfigurationBuilder().AddJsonFile(Sample).Build().GetSection(CustodySettings.Section).Bind(bound);

        var explained = bound.PolicyBook().Explain("acme", "111122223333");

        Assert.Contains(new ExplainedSetting("Window", "00:30:00", "RootCustody:Customers:acme:Policy"), explained);
        Assert.Contains(
            new ExplainedSetting("LongestWindow", "02:00:00", "RootCustody:Accounts:111122223333:Policy"),
            explained
        );
    }

    [Fact]
    public void A_host_does_not_start_with_a_policy_of_an_account_that_makes_no_sense()
    {
        var section = new CustodySettings.PolicySection();
        section.Policy["Windw"] = "00:30:00";
        var settings = new CustodySettings();
        settings.Accounts["111122223333"] = section;

        Assert.Contains(
            settings.Faults(isDevelopment: true),
            f =>
                f.StartsWith(
                    "RootCustody:Accounts:111122223333:Policy: There is no setting Windw",
                    StringComparison.Ordinal
                )
        );
    }

    /// <summary>What can be bound: settable properties, lists and dictionaries, and sections of them.</summary>
    private static IEnumerable<string> NamesOf(Type type, string prefix) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite || IsCollection(p.PropertyType) || IsSection(p.PropertyType))
            .SelectMany(p =>
                IsSection(p.PropertyType) ? NamesOf(p.PropertyType, $"{prefix}{p.Name}:") : [$"{prefix}{p.Name}"]
            );

    private static IEnumerable<string> NamesOf(IConfigurationSection section, Type type, string prefix = "") =>
        section
            .GetChildren()
            .SelectMany(child =>
                type.GetProperty(child.Key) is { } property && IsSection(property.PropertyType)
                    ? NamesOf(child, property.PropertyType, $"{prefix}{child.Key}:")
                    : [$"{prefix}{child.Key}"]
            );

    private static bool IsCollection(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static bool IsSection(Type type) => type.IsClass && type != typeof(string) && !IsCollection(type);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RootCustody.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
