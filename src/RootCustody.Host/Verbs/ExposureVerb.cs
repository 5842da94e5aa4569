using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;

namespace RootCustody.Host.Verbs;

/// <summary><c>exposure record</c>: books afterwards who saw a half straight from the vault.</summary>
internal static class ExposureVerb
{
    private static readonly Option<string> Account = new("--account")
    {
        Description = "The 12 digits of the AWS account; /USER after them for an IAM user.",
        Required = true,
    };

    private static readonly Option<Half> Which = new("--half") { Description = "password or mfa.", Required = true };

    private static readonly Option<int> Generation = new("--generation")
    {
        Description =
            "The generation that was read, as the vault names it; of an MFA key held outside, as vault paths prints it.",
        Required = true,
    };

    private static readonly Option<string> Person = new("--person")
    {
        Description = "The key of the person who saw it.",
        Required = true,
    };

    private static readonly Option<DateTimeOffset> At = new("--at")
    {
        HelpName = "TIME",
        Description = "When, as in '2026-11-23 17:40'; in UTC unless it has an offset.",
        Required = true,
        CustomParser = ReadTime,
    };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why it was read; it goes into the audit log, so no secrets.",
        Required = true,
    };

    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask." };

    public static Command Make() => new("exposure", "What people saw without RootCustody.") { Record() };

    private static Command Record()
    {
        var record = new Command(
            "record",
            "Book that a person saw a half outside of RootCustody, such as straight from the vault in an emergency: they are barred from the other half, and a password is owed. Says what it means, and asks."
        )
        {
            Account,
            Which,
            Generation,
            Person,
            At,
            Reason,
            Yes,
        };
        record.Does(
            async (parsed, services, cancellationToken) =>
            {
                try
                {
                    return await RecordAsync(parsed, services, cancellationToken);
                }
                catch (VaultException unwritten)
                {
                    return Verb.Tell(
                        unwritten.Message,
                        "It is booked in the database. Run the same again, so that the journal knows of it, too."
                    );
                }
            }
        );
        return record;
    }

    private static async Task<int> RecordAsync(
        ParseResult parsed,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var use = services.GetRequiredService<RecordOutside>();
        var seen = new SeenOutside(
            parsed.GetRequiredValue(Account),
            parsed.GetRequiredValue(Which),
            parsed.GetRequiredValue(Generation),
            parsed.GetRequiredValue(Person),
            parsed.GetRequiredValue(At),
            parsed.GetRequiredValue(Reason)
        );
        var foreseen = await use.ForeseeAsync(seen, cancellationToken);
        if (foreseen is not RecordOutside.Outcome.Foreseen { Sentences: var sentences })
            return Tell(foreseen);
        foreach (var sentence in sentences)
            Console.Error.WriteLine(sentence);
        if (!parsed.GetValue(Yes))
        {
            Console.Error.Write("Book it? Type yes: ");
            if (Console.ReadLine()?.Trim() != "yes")
                return Verb.Tell("Nothing was booked.");
        }
        return Tell(await use.HandleAsync(seen, cancellationToken));
    }

    private static int Tell(RecordOutside.Outcome outcome)
    {
        switch (outcome)
        {
            case RecordOutside.Outcome.Refused refused:
                return Verb.Tell(refused.Why);
            case RecordOutside.Outcome.Recorded recorded:
                foreach (var sentence in recorded.Sentences)
                    Console.WriteLine(sentence);
                return Verb.Ok;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static DateTimeOffset ReadTime(ArgumentResult typed)
    {
        if (
            !DateTimeOffset.TryParse(
                typed.Tokens[0].Value,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
        )
            typed.AddError("A time is written as in '2026-11-23 17:40' or '2026-11-23T18:40+01:00'.");
        return time;
    }
}
