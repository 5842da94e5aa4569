using System.CommandLine;
using RootCustody.Desk.Onboarding;
using RootCustody.Onboarding;
using RootCustody.Posture;

namespace RootCustody.Host.Verbs;

/// <summary><c>onboarding [ACCOUNT]</c>: how the accounts stand that are being taken into custody.</summary>
internal static class OnboardingVerb
{
    public static Command Make()
    {
        var account = new Argument<string?>("ACCOUNT")
        {
            Description =
                "The 12 digits of the AWS account, /USER after them for an IAM user; without it all that are under way.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command(
            "onboarding",
            "Print the items of accounts that are being taken into custody. Exit code 1 if any is not settled."
        )
        {
            account,
        };
        command.Does(
            async (parsed, services, cancellationToken) =>
            {
                var number = parsed.GetValue(account);
                if (
                    await services.GetRequiredService<ShowOnboarding>().OfAsync(number, cancellationToken)
                    is not { } lists
                )
                    return Verb.Tell($"There is no account {number}.");
                if (lists.Count == 0)
                    Console.WriteLine("No account is being taken into custody.");
                foreach (var list in lists)
                    Print(list);
                return lists.All(l => !l.Account.IsOnboarding || l.IsComplete) ? Verb.Ok : Verb.Failed;
            }
        );
        return command;
    }

    private static void Print(Checklist list)
    {
        var account = list.Account;
        Console.WriteLine($"{account.Name} ({account.Number}): {StateOf(list)}");
        if (!account.IsOnboarding)
            return;
        foreach (var line in list.Lines)
        {
            Console.WriteLine($"  {line.State.Word()}: {line.Item.Word()}. {line.Says}");
            if (line.State == ItemState.Open)
                Console.WriteLine($"    To do: {line.Item.ToDo()}");
        }
    }

    private static string StateOf(Checklist list) =>
        list.Account switch
        {
            { ClosedAt: { } closed } => $"closed since {Cell.Say(closed)}",
            { OnboardedAt: { } at } => $"in custody since {Cell.Say(at)}",
            { OnboardingSince: { } since } =>
                $"{list.Settled} of {list.Lines.Count} items settled, since {Cell.Say(since)}",
            _ => "no ceremony was begun; type onboard and its number to the bot",
        };
}
