using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using RootCustody.Desk.People;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People;

/// <summary>Whatever comes in is taken whole or not at all, and no law breaks.</summary>
public sealed class ImportPropertyTests
{
    private static readonly byte[] Valid = Encoding.UTF8.GetBytes(Imports.Whole);

    private static readonly Gen<byte[]> Noise = Gen.Byte.Array[0, 300];

    private static readonly Gen<byte[]> Scraps = Word(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"persons\"",
        "\"key\"",
        "\"paul\"",
        "\"password\"",
        "null",
        "1e99",
        "true",
        "\\ud800",
        "\n",
        "\u00fc",
        "//"
    )
        .List[0, 40]
        .Select(scraps => Encoding.UTF8.GetBytes(string.Concat(scraps)));

    // a few bytes replaced, put in or cut out
    private static readonly Gen<byte[]> Mutated = Gen.Select(
            Gen.Int[0, Valid.Length - 1],
            Gen.Int[0, 12],
            Gen.Byte.Array[0, 4]
        )
        .List[1, 3]
        .Select(cuts =>
        {
            var file = Valid.ToList();
            foreach (var (at, length, put) in cuts)
            {
                var from = Math.Min(at, file.Count);
                file.RemoveRange(from, Math.Min(length, file.Count - from));
                file.InsertRange(from, put);
            }
            return file.ToArray();
        });

    // words of the file in other places: mostly good JSON that means something else
    private static readonly Gen<byte[]> Shuffled = Gen.Select(
            Word(
                "paul",
                "petra",
                "mona",
                "mike",
                "dora",
                "rita",
                "acme",
                "zeta",
                "passwords-a",
                "mfa-a",
                "T0ACME",
                "T0ZETA",
                "T0PROVIDER",
                "U0PAUL",
                "U0MIKE",
                "mfa",
                "password",
                "true"
            ),
            Word(
                "paul",
                "petra",
                "mona",
                "mike",
                "dora",
                "rita",
                "acme",
                "zeta",
                "passwords-a",
                "mfa-a",
                "T0ACME",
                "T0ZETA",
                "T0PROVIDER",
                "U0PAUL",
                "U0MIKE",
                "mfa",
                "password",
                "false"
            ),
            Gen.Int[0, 5]
        )
        .List[1, 4]
        .Select(swaps =>
        {
            var text = Imports.Whole;
            foreach (var (old, becomes, which) in swaps)
            {
                var parts = text.Split(old);
                if (parts.Length > 1)
                {
                    var at = which % (parts.Length - 1);
                    text = string.Join(old, parts[..(at + 1)]) + becomes + string.Join(old, parts[(at + 1)..]);
                }
            }
            return Encoding.UTF8.GetBytes(text);
        });

    [DatabaseFact]
    [Trait("Law", "3")]
    public async Task No_bytes_are_half_imported_or_break_a_law()
    {
        await using var empty = await TestDb.NewAsync();
        await using var full = await Imports.ImportedAsync();
        var last = new Dictionary<TestDb, string>
        {
            [empty] = await empty.DigestAsync(),
            [full] = await full.DigestAsync(),
        };

        await Gen.Select(Gen.Frequency((1, Noise), (1, Scraps), (2, Mutated), (4, Shuffled)), Gen.Bool)
            .SampleAsync(
                async (file, intoEmpty) =>
                {
                    var db = intoEmpty ? empty : full;
                    var import = await db.ImportAsync(file);
                    var now = await db.DigestAsync();
                    if (import is Import.Refused refused)
                    {
                        Assert.InRange(refused.Errors.Count, 1, 50);
                        Assert.Equal(last[db], now);
                    }
                    else
                        await AssertSeparateAsync(db);
                    last[db] = now;
                },
                iter: 200,
                threads: 1
            );
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task No_bytes_change_anything_once_a_half_is_in_a_vault()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();
        var before = await DirectoryOfAsync(db);

        await Gen.Frequency((1, Mutated), (4, Shuffled))
            .SampleAsync(
                async file =>
                {
                    await db.ImportAsync(file);
                    Assert.Equal(before, await DirectoryOfAsync(db));
                },
                iter: 60,
                threads: 1
            );
    }

    [DatabaseFact]
    public async Task A_file_that_is_taken_is_taken_whole() =>
        await Shuffled.SampleAsync(
            async file =>
            {
                await using var db = await TestDb.NewAsync();
                if (await db.ImportAsync(file) is Import.Done)
                    Assert.Equal(0, Assert.IsType<Import.Done>(await db.ImportAsync(file)).Counts.Total);
            },
            iter: 40,
            threads: 1
        );

    // law 3, asked of the database itself
    private static async Task AssertSeparateAsync(TestDb db)
    {
        await using var open = db.Open();
        Assert.False(
            await open.Accounts.AnyAsync(a =>
                open.Groups.Single(g => g.Id == a.PasswordGroup)
                    .Members.Any(m =>
                        open.Groups.Single(g => g.Id == a.MfaGroup).Members.Any(o => o.Person == m.Person)
                    )
            )
        );
    }

    private static async Task<string> DirectoryOfAsync(TestDb db)
    {
        await using var open = db.Open();
        return System.Text.Json.JsonSerializer.Serialize(
            new object[]
            {
                await open.Customers.ToListAsync(),
                await open.Realms.ToListAsync(),
                await open.People.Include(p => p.Identities).ToListAsync(),
                await open.Groups.Include(g => g.Members).ToListAsync(),
                await open.Accounts.ToListAsync(),
            }
        );
    }

    private static Gen<string> Word(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);
}
