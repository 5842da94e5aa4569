using System.CommandLine;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Vault;
using RootCustody.Desk.People.Proposals;

namespace RootCustody.Host.Verbs;

/// <summary><c>vault set-password</c>: the password gets in. Seeds get in at the bot of the MFA courier only.</summary>
internal static class VaultVerb
{
    private static readonly Argument<string> Account = new("ACCOUNT")
    {
        Description = "The 12 digits of the AWS account; /USER after them for an IAM user.",
    };

    private static readonly Option<bool> Typed = new("--typed")
    {
        Description =
            "Type the password that AWS has now, from an older vault (no echo, or one line on standard input), instead of having one made. It is exposed to --by and --witness from birth and due for rotation at once.",
    };
    private static readonly Option<string?> TypedBy = new("--by")
    {
        Description = "The key of the person who types it.",
    };
    private static readonly Option<string?> Witness = new("--witness")
    {
        Description = "The key of the other person, who is there and may see it too.",
    };

    public static Command Make() =>
        new(
            "vault",
            "Bring the password of an account into custody, and keep the embedded stores of both halves, one at a time."
        )
        {
            SetPassword(),
            VaultPlanVerb.Make(),
            VaultPathsVerb.Make(),
            VaultUpkeepVerb.MakeRekey(),
            VaultUpkeepVerb.MakeBackup(),
            VaultUpkeepVerb.MakeRestore(),
        };

    private static Command SetPassword()
    {
        var command = new Command("set-password", "Put the first password of an account into the vault.")
        {
            Account,
            Typed,
            TypedBy,
            Witness,
        };
        command.Does(
            async (parsed, services, cancellationToken) =>
            {
                var take = services.GetService<TakePassword>();
                if (take is null)
                    return Verb.Tell("This process is not a password-courier.");
                await WarnAsync(services, cancellationToken);
                var account = parsed.GetRequiredValue(Account);
                try
                {
                    if (!parsed.GetValue(Typed))
                        return Tell(await take.MakeAsync(account, cancellationToken));
                    if (parsed.GetValue(TypedBy) is not { } person || parsed.GetValue(Witness) is not { } other)
                        return Verb.Tell(
                            "Say with --by who types it, and with --witness who else is there: both are barred from the MFA half."
                        );
                    using var password = SecretPrompt.Read("Password of the root user (no echo): ");
                    return Tell(await take.TypedAsync(account, password, person, other, cancellationToken));
                }
                catch (VaultException refused)
                {
                    return Verb.Tell(refused.Message);
                }
            }
        );
        return command;
    }

    private static async Task WarnAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<OrderFromConsole>().WarningAsync(cancellationToken) is { } warning)
            Console.Error.WriteLine($"warning: {warning}");
    }

    private static int Tell(TakePassword.Outcome outcome) =>
        outcome switch
        {
            TakePassword.Outcome.Taken { Weakness: { } weakness } => Said(
                $"The password is in the vault, but it is weak: rotate it now. {weakness}"
            ),
            TakePassword.Outcome.Taken => Said(
                "The password is in the vault. Until AWS has it too, rotate or reset it there."
            ),
            TakePassword.Outcome.Refused refused => Verb.Tell(refused.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static int Said(string sentence)
    {
        Console.WriteLine(sentence);
        return Verb.Ok;
    }
}
