using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.Requests;

public sealed class PolicyOfAccountTests
{
    private const string Number = "111122223333";

    [DatabaseTheory]
    [InlineData(PolicyScope.Account, Number, true)]
    [InlineData(PolicyScope.Customer, "acme", true)]
    [InlineData(PolicyScope.Account, "999999999999", false)]
    [InlineData(PolicyScope.Customer, "other", false)]
    public async Task What_is_set_for_the_account_or_its_customer_counts_when_it_is_asked_for(
        PolicyScope scope,
        string key,
        bool counts
    )
    {
        await using var stage = await Stage.SetAsync(null, Layer(scope, key, "LongestWindow", "01:00:00"));

        var reply = await AskAsync(stage, TimeSpan.FromHours(2));

        Assert.Equal(counts, reply is Reply.Corrected { Errors: var errors } && errors.ContainsKey("length"));
    }

    [DatabaseFact]
    public async Task A_start_at_the_end_of_the_calendar_is_corrected_and_breaks_nothing()
    {
        await using var stage = await Stage.SetAsync();

        var reply = await AskAsync(stage, TimeSpan.FromHours(1), "253402300799");

        Assert.Contains("start", Assert.IsType<Reply.Corrected>(reply).Errors.Keys);
    }

    [DatabaseFact]
    public async Task An_explanation_names_where_the_value_comes_from()
    {
        await using var stage = await Stage.SetAsync(null, Layer(PolicyScope.Customer, "acme", "Window", "00:20:00"));
        await using var scope = stage.Scope();
        var db = scope.ServiceProvider.GetRequiredService<CustodyDb>();
        var account = await db.Accounts.FindAsync([stage.Account], CancellationToken.None);

        var explained = await scope
            .ServiceProvider.GetRequiredService<RootCustody.Data.Policies>()
            .ExplainAsync(account!, CancellationToken.None);

        Assert.Contains(new ExplainedSetting("Window", "00:20:00", "the layer"), explained);
    }

    private static Task<Reply> AskAsync(Stage stage, TimeSpan length, string? start = null) =>
        stage.ClickAsync(
            Stage.Rita,
            Actions.Request,
            submits: true,
            inputs:
            [
                ("account", stage.Account.ToString()),
                ("task", "lock-out"),
                ("why", "All administrators are locked out."),
                ("kind", start is null ? "emergency" : "planned"),
                ("start", start ?? ""),
                ("length", $"{length.TotalSeconds:0}"),
            ]
        );

    private static PolicyLayer Layer(PolicyScope scope, string key, string name, string value) =>
        new(scope, key, "the layer", new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value });
}
