using System.Runtime.CompilerServices;
using RootCustody.Tests.Couriers.Vault.Http;
using Xunit.Sdk;
using Xunit.v3;

namespace RootCustody.Tests.Couriers.Contracts;

/// <summary>A fact about every store. At a real server it is discovered where there is one only, and never if it sets the clock of the store.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(OnRealServers.OfFact))]
public sealed class VaultFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
    : FactAttribute(file, line)
{
    public bool SetsClock { get; set; }
}

/// <summary>As <see cref="VaultFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(OnRealServers.OfTheory))]
public sealed class VaultTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
    : TheoryAttribute(file, line)
{
    public bool SetsClock { get; set; }
}

/// <summary>Says which facts are for a real server.</summary>
public static class OnRealServers
{
    /// <summary>The trait of a suite that runs at a real server.</summary>
    public const string Suite = "vault";

    private static bool Counts(IXunitTestMethod method, bool setsClock) =>
        !method.Traits.TryGetValue(nameof(Suite), out var suites)
        || !suites.Contains(Suite)
        || HttpVaults.IsRealServerNamed && !setsClock;

    public sealed class OfFact : FactDiscoverer
    {
        public override async ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
            ITestFrameworkDiscoveryOptions discoveryOptions,
            IXunitTestMethod testMethod,
            IFactAttribute factAttribute
        ) =>
            Counts(testMethod, factAttribute is VaultFactAttribute { SetsClock: true })
                ? await base.Discover(discoveryOptions, testMethod, factAttribute)
                : [];
    }

    public sealed class OfTheory : TheoryDiscoverer
    {
        public override async ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
            ITestFrameworkDiscoveryOptions discoveryOptions,
            IXunitTestMethod testMethod,
            IFactAttribute factAttribute
        ) =>
            Counts(testMethod, factAttribute is VaultTheoryAttribute { SetsClock: true })
                ? await base.Discover(discoveryOptions, testMethod, factAttribute)
                : [];
    }
}
