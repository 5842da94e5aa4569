using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;

namespace RootCustody.Host.Verbs;

/// <summary><c>policy explain ACCOUNT</c>.</summary>
internal static class PolicyVerb
{
    public static Command Make() => new("policy", "Look at the policy.") { Explain() };

    private static Command Explain()
    {
        var number = new Argument<string>("ACCOUNT")
        {
            Description = "The 12 digits of the AWS account; /USER after them for an IAM user.",
        };
        var explain = new Command("explain", "Print the policy of an account and where each value comes from.")
        {
            number,
        };
        explain.Does(
            async (parsed, services, cancellationToken) =>
            {
                var wanted = parsed.GetRequiredValue(number);
                var db = services.GetRequiredService<CustodyDb>();
                var account = await db
                    .Accounts.AsNoTracking()
                    .SingleOrDefaultAsync(a => a.Number == wanted, cancellationToken);
                if (account is null)
                    return Verb.Tell($"There is no account {wanted}. Import it first.");
                var settings = await services.GetRequiredService<Policies>().ExplainAsync(account, cancellationToken);
                var (name, value) = (settings.Max(s => s.Name.Length), settings.Max(s => s.Value.Length));
                foreach (var setting in settings)
                    Console.WriteLine(
                        $"{setting.Name.PadRight(name)}  {setting.Value.PadRight(value)}  {setting.Source}"
                    );
                return Verb.Ok;
            }
        );
        return explain;
    }
}
