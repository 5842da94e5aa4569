using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Desk.People;
using RootCustody.Desk.People.Orders;
using RootCustody.Desk.People.Proposals;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People.Proposals;

[Trait("Law", "15")]
public sealed class OrderFromConsoleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [DatabaseFact]
    public async Task Before_the_first_half_the_command_line_acts_at_once()
    {
        await using var db = await Imports.ImportedAsync();

        var made = await OrderAsync(db, new Enrol("paul"));

        var code = Assert.IsType<Ordered.Made>(made).Code!;
        await using var open = db.Open();
        Assert.True((await open.EnrolmentCodes.SingleAsync(Token)).Opens(code.Text, open.Now));
        Assert.False(await open.Proposals.AnyAsync(Token));
        Assert.DoesNotContain(code.Text, code.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"operator\"", Assert.Single(await db.EntriesAsync("stepup.code.issued")));
    }

    [DatabaseFact]
    public async Task With_a_half_in_a_vault_the_command_line_only_proposes()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();

        var proposed = Assert.IsType<Ordered.Proposed>(await OrderAsync(db, new Enrol("paul")));

        Assert.Equal("Let Paul Price (paul) enrol a new authenticator, with a one-time code.", proposed.Text);
        Assert.Contains("there is none", proposed.Unable, StringComparison.Ordinal);
        await using var open = db.Open();
        Assert.False(await open.EnrolmentCodes.AnyAsync(Token));
        Assert.Null((await open.Proposals.SingleAsync(Token)).ProposedBy);
    }

    [DatabaseFact]
    public async Task What_the_command_line_proposes_takes_two_administrators()
    {
        await using var stage = await Stage.SetAsync();
        var proposed = await OrderAsync(stage, new AddMember("passwords", "dora"));
        Assert.Null(Assert.IsType<Ordered.Proposed>(proposed).Unable);
        var id = (await stage.InDbAsync(db => db.Proposals.SingleAsync(Token))).Id.ToString();

        await stage.AgreeAsync(Stage.Ada, id);
        Assert.Equal(2, await MembersAsync(stage));
        await stage.AgreeAsync(Stage.Abe, id);

        Assert.Equal(3, await MembersAsync(stage));
    }

    [DatabaseFact]
    public async Task What_cannot_be_is_not_even_proposed()
    {
        await using var stage = await Stage.SetAsync();

        var refused = await OrderAsync(stage, new AddMember("mfas", "paul"));

        Assert.Contains("is in group passwords", Assert.IsType<Ordered.Refused>(refused).Why, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task An_import_is_one_proposal_and_made_whole()
    {
        await using var stage = await Stage.SetAsync();
        await ImportAsync(stage, AFile("Acme Ltd", "Pauline"));
        var id = (await stage.InDbAsync(db => db.Proposals.SingleAsync(Token))).Id.ToString();

        await stage.AgreeAsync(Stage.Ada, id);
        await stage.AgreeAsync(Stage.Abe, id);

        Assert.Equal("Acme Ltd", await stage.InDbAsync(db => db.Customers.Select(c => c.Name).SingleAsync(Token)));
        Assert.True(await stage.InDbAsync(db => db.People.AnyAsync(p => p.Name == "Pauline", Token)));
        Assert.True(await stage.InDbAsync(db => db.Keepers.AnyAsync(k => k.Thing == KeptThing.RootPhone, Token)));
    }

    [DatabaseFact]
    public async Task An_import_that_would_do_something_else_by_now_is_not_made()
    {
        await using var stage = await Stage.SetAsync();
        await ImportAsync(stage, AFile("Acme Ltd", "Pauline"));
        var id = (await stage.InDbAsync(db => db.Proposals.SingleAsync(Token))).Id.ToString();
        await stage.AgreeAsync(Stage.Ada, id);
        await stage.InDbAsync(async db =>
        {
            (await db.Customers.SingleAsync(Token)).Rename("Acme Inc");
            return await db.SaveChangesAsync(Token);
        });

        var reply = await stage.AgreeAsync(Stage.Abe, id);

        Assert.Contains("import it again", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
        Assert.Equal("Acme Inc", await stage.InDbAsync(db => db.Customers.Select(c => c.Name).SingleAsync(Token)));
        Assert.False(await stage.InDbAsync(db => db.People.AnyAsync(p => p.Name == "Pauline", Token)));
    }

    [DatabaseFact]
    public async Task Nobody_confirms_an_import_that_is_about_themselves()
    {
        await using var stage = await Stage.SetAsync();
        var import = await ImportAsync(
            stage,
            $$"""{ "persons": [{ "key": "ada", "name": "Ada", "roles": ["auditor", "administrator"], "teams": [] }] }"""
        );
        Assert.IsType<Import.Proposed>(import);
        var id = (await stage.InDbAsync(db => db.Proposals.SingleAsync(Token))).Id.ToString();

        var reply = await stage.AgreeAsync(Stage.Ada, id);

        Assert.Contains("about yourself", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
    }

    private static string AFile(string customer, string person) =>
        $$"""
            {
              "customers": [{ "key": "acme", "name": "{{customer}}", "slackWorkspaces": ["{{Stage.CustomerRealm}}"] }],
              "persons": [{ "key": "pauline", "name": "{{person}}" }],
              "keepers": [{ "account": "111122223333", "person": "pauline", "thing": "phone", "label": "her phone" }]
            }
            """;

    private static async Task<Import> ImportAsync(Stage stage, string file)
    {
        await using var scope = stage.Scope();
        return await new ImportDirectory(
            scope.ServiceProvider.GetRequiredService<RootCustody.Data.CustodyDb>()
        ).HandleAsync(Encoding.UTF8.GetBytes(file), Token);
    }

    private static async Task<Ordered> OrderAsync(Stage stage, Order order)
    {
        await using var scope = stage.Scope();
        return await new OrderFromConsole(
            scope.ServiceProvider.GetRequiredService<RootCustody.Data.CustodyDb>()
        ).HandleAsync(order, Token);
    }

    private static async Task<Ordered> OrderAsync(TestDb db, Order order)
    {
        await using var open = db.Open();
        return await new OrderFromConsole(open).HandleAsync(order, Token);
    }

    private static Task<int> MembersAsync(Stage stage) =>
        stage.InDbAsync(db => db.Groups.Where(g => g.Key == "passwords").SelectMany(g => g.Members).CountAsync(Token));
}
