using System.Text;
using Microsoft.EntityFrameworkCore;
using RootCustody.Desk.People;

namespace RootCustody.Tests.Desk.People;

/// <summary>Import files, and what the database holds after them.</summary>
internal static class Imports
{
    public const string Tenant = "11111111-2222-3333-4444-555555555555";

    /// <summary>Paul and Petra keep passwords, Mona and Mike the MFA, Dora is on duty, Rita is a contact of Acme. Tests count on its lines.</summary>
    public const string Whole = """
        {
          "provider": { "slackWorkspaces": ["T0PROVIDER"], "teamsTenants": ["11111111-2222-3333-4444-555555555555"] },
          "customers": [
            { "key": "acme", "name": "Acme Ltd", "slackWorkspaces": ["T0ACME"], "teamsTenants": [] },
            { "key": "zeta", "name": "Zeta GmbH", "slackWorkspaces": ["T0ZETA"] }
          ],
          "persons": [
            { "key": "paul", "name": "Paul Price", "slack": [{ "workspace": "T0PROVIDER", "user": "U0PAUL" }] },
            { "key": "petra", "name": "Petra Pohl", "slack": [{ "workspace": "T0PROVIDER", "user": "U0PETRA" }] },
            { "key": "mona", "name": "Mona Mann",
              "teams": [{ "tenant": "11111111-2222-3333-4444-555555555555", "user": "AAAAAAAA-2222-3333-4444-555555555555" }] },
            { "key": "mike", "name": "Mike Meyer", "slack": [{ "workspace": "T0PROVIDER", "user": "U0MIKE" }] },
            { "key": "dora", "name": "Dora Dienst", "dutyManager": true },
            { "key": "rita", "name": "Rita Root", "customer": "acme", "slack": [{ "workspace": "T0ACME", "user": "U0RITA" }] }
          ],
          "groups": [
            { "key": "passwords-a", "name": "Password custodians A", "keeps": "password", "members": ["paul", "petra"] },
            { "key": "mfa-a", "name": "MFA custodians A", "keeps": "mfa", "members": ["mona", "mike"] }
          ],
          "accounts": [
            { "number": "123456789012", "name": "Acme production", "email": "aws+acme@provider.example",
              "customer": "acme", "passwordGroup": "passwords-a", "mfaGroup": "mfa-a" }
          ]
        }
        """;

    public static async Task<Import> ImportAsync(this TestDb db, ReadOnlyMemory<byte> file)
    {
        await using var open = db.Open();
        return await new ImportDirectory(open).HandleAsync(file, TestContext.Current.CancellationToken);
    }

    public static Task<Import> ImportAsync(this TestDb db, string file) => db.ImportAsync(Encoding.UTF8.GetBytes(file));

    /// <summary>A database that has taken <see cref="Whole"/>.</summary>
    public static async Task<TestDb> ImportedAsync()
    {
        var db = await TestDb.NewAsync();
        Assert.IsType<Import.Done>(await db.ImportAsync(Whole));
        return db;
    }

    /// <summary>Puts a first password in custody, as far as the database knows of it.</summary>
    public static async Task TakePasswordAsync(this TestDb db)
    {
        await using var open = db.Open();
        (await open.Accounts.SingleAsync()).TakePassword(1, new Policy(), open.Now);
        await open.SaveChangesAsync();
    }

    /// <summary>The whole file with one text in it replaced; the text has to be there, once.</summary>
    public static string With(string old, string becomes)
    {
        Assert.Equal(2, Whole.Split(old).Length);
        return Whole.Replace(old, becomes, StringComparison.Ordinal);
    }

    /// <summary>All that an import could have changed, versions included.</summary>
    public static async Task<string> DigestAsync(this TestDb db)
    {
        await using var open = db.Open();
        var tables = new List<object>
        {
            await open.Customers.OrderBy(c => c.Key).ToListAsync(),
            await open.Realms.OrderBy(r => r.Name).ToListAsync(),
            await open.People.Include(p => p.Identities).OrderBy(p => p.Key).ToListAsync(),
            await open.People.OrderBy(p => p.Key).Select(p => EF.Property<int>(p, "Version")).ToListAsync(),
            await open.Groups.Include(g => g.Members).OrderBy(g => g.Key).ToListAsync(),
            await open.Groups.OrderBy(g => g.Key).Select(g => EF.Property<int>(g, "Version")).ToListAsync(),
            await open.Accounts.OrderBy(a => a.Number).ToListAsync(),
            await open.Accounts.OrderBy(a => a.Number).Select(a => EF.Property<int>(a, "Version")).ToListAsync(),
            await open.Audit.CountAsync(),
            await open.Proposals.CountAsync(),
        };
        return System.Text.Json.JsonSerializer.Serialize(tables);
    }

    /// <summary>The audit entries of one kind.</summary>
    public static async Task<List<string>> EntriesAsync(this TestDb db, string what)
    {
        await using var open = db.Open();
        return await open
            .Audit.Where(a => a.Entry.Contains($"\"{what}\""))
            .OrderBy(a => a.Id)
            .Select(a => a.Entry)
            .ToListAsync();
    }

    public static IReadOnlyList<string> Errors(Import import) => Assert.IsType<Import.Refused>(import).Errors;
}
