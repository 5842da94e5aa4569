using System.CommandLine;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.StepUp;
using RootCustody.Couriers.Vault;

namespace RootCustody.Host.Verbs;

/// <summary><c>vault rekey</c>, <c>vault backup</c> and <c>vault restore</c>: the upkeep of the embedded stores, one at a time (law 1).</summary>
internal static class VaultUpkeepVerb
{
    private const string Password = "password";
    private const string Mfa = "mfa";
    private const string StepUp = "stepup";

    private static readonly Argument<string> File = new("FILE")
    {
        Description = "The backup. It holds one half of all accounts, so it belongs to that group alone.",
    };

    public static Command MakeRekey()
    {
        var which = Which(Password, Mfa, StepUp);
        var rekey = new Command(
            "rekey",
            "Make a new key for an embedded store and seal all its files anew under it. The host may serve meanwhile; what it would write is refused for that moment. If it is stopped halfway everything still opens, and running it again goes on. Older backups keep the key they were made with."
        )
        {
            which,
        };
        rekey.Does(
            (parsed, services, cancellationToken) =>
                WithAsync(
                    services,
                    parsed.GetRequiredValue(which),
                    async store =>
                    {
                        var files = await services
                            .GetRequiredService<RekeyStore>()
                            .HandleAsync(store, parsed.GetRequiredValue(which), new ToConsole(), cancellationToken);
                        return Said(
                            files == 0
                                ? "Nothing was ever put in, so there is no key yet."
                                : $"All {files} files are sealed under the new key, and the old key is gone. Make a new backup."
                        );
                    }
                )
        );
        return rekey;
    }

    public static Command MakeBackup()
    {
        var which = Which(Password, Mfa);
        var backup = new Command(
            "backup",
            "Write all that is sealed of one half, and its key, into one file that a passphrase closes. The keeper of that half types the passphrase (no echo, twice; or one line on standard input). The other half is another file for another person: never give one person both."
        )
        {
            which,
            File,
        };
        backup.Does(
            (parsed, services, cancellationToken) =>
                WithAsync(
                    services,
                    parsed.GetRequiredValue(which),
                    async store =>
                    {
                        using var passphrase = SecretPrompt.Read("Passphrase for the backup (no echo): ");
                        if (!IsTypedAgain(passphrase))
                            return Verb.Tell("The two passphrases are not the same. No backup was written.");
                        var outcome = await services
                            .GetRequiredService<BackUpHalf>()
                            .HandleAsync(
                                HalfOf(parsed.GetRequiredValue(which)),
                                store,
                                parsed.GetRequiredValue(File),
                                passphrase,
                                cancellationToken
                            );
                        return outcome is BackUpHalf.Outcome.Written written
                            ? Said(
                                $"{written.Versions} generations are in the backup. Keep the passphrase and the file in two places: both together open this half of every account."
                            )
                            : Verb.Tell(((BackUpHalf.Outcome.Refused)outcome).Why);
                    }
                )
        );
        return backup;
    }

    public static Command MakeRestore()
    {
        var which = Which(Password, Mfa);
        var evenBehind = new Option<bool>("--even-behind")
        {
            Description =
                "Go on although the backup lacks halves that people have seen. Those are lost: their generations are marked as gone, and a new one has to be set at AWS.",
        };
        var restore = new Command(
            "restore",
            "Put back from a backup what is missing in the store of one half, and its key if that is missing. What is there and opens stays as it is; what was destroyed stays destroyed. Refused if the backup is older than what people have seen."
        )
        {
            which,
            File,
            evenBehind,
        };
        restore.Does(
            (parsed, services, cancellationToken) =>
                WithAsync(
                    services,
                    parsed.GetRequiredValue(which),
                    store =>
                        RestoreAsync(
                            services,
                            store,
                            HalfOf(parsed.GetRequiredValue(which)),
                            parsed.GetRequiredValue(File),
                            parsed.GetValue(evenBehind),
                            cancellationToken
                        )
                )
        );
        return restore;
    }

    private static async Task<int> RestoreAsync(
        IServiceProvider services,
        SealedUpkeep store,
        Half half,
        string path,
        bool evenBehind,
        CancellationToken cancellationToken
    )
    {
        var file = await System.IO.File.ReadAllBytesAsync(path, cancellationToken);
        using var passphrase = SecretPrompt.Read("Passphrase of the backup (no echo): ");
        using var backup = await store.OpenBackupAsync(passphrase, file, cancellationToken);
        var restored = await services
            .GetRequiredService<RestoreHalf>()
            .HandleAsync(half, backup, evenBehind, cancellationToken);
        foreach (var account in restored.Lost)
            Console.Error.WriteLine($"{account}: its newest half is lost. Set a new one at AWS.");
        return Said(
            $"{restored.Versions} of the {backup.Versions} generations of the backup were missing and are put back."
        );
    }

    /// <summary>Finds the one store that is meant, and says in a sentence what goes wrong with it.</summary>
    private static async Task<int> WithAsync(
        IServiceProvider services,
        string which,
        Func<SealedUpkeep, Task<int>> work
    )
    {
        object? vault = which switch
        {
            Password => services.GetService<PasswordVault>(),
            Mfa => services.GetService<MfaVault>(),
            _ => services.GetService<StepUpSeeds>(),
        };
        if (vault is null)
            return Verb.Tell($"This process does not play the role that keeps the store '{which}'.");
        if (vault is not IEmbeddedStore embedded)
            return Verb.Tell(
                $"The store '{which}' is not the embedded one. Its own vault has its own keys and backups."
            );
        try
        {
            return await work(embedded.Upkeep);
        }
        catch (VaultException refused)
        {
            return Verb.Tell(refused.Message);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return Verb.Tell($"It stopped here: {broken.Message}");
        }
    }

    private static Argument<string> Which(params string[] stores)
    {
        var which = new Argument<string>("STORE") { Description = $"Which store: {string.Join(", ", stores)}." };
        which.AcceptOnlyFromAmong(stores);
        return which;
    }

    private static Half HalfOf(string which) => which == Password ? Half.Password : Half.Mfa;

    private static bool IsTypedAgain(Secret passphrase)
    {
        if (Console.IsInputRedirected)
            return true;
        using var again = SecretPrompt.Read("The same once more: ");
        return passphrase.Matches(again.Bytes);
    }

    private static int Said(string sentence)
    {
        Console.WriteLine(sentence);
        return Verb.Ok;
    }

    /// <summary>Tells at once, and in order; the one of the library tells from another thread.</summary>
    private sealed class ToConsole : IProgress<(int Done, int Of)>
    {
        private const int Every = 100;

        public void Report((int Done, int Of) value)
        {
            if (value.Done % Every == 0 || value.Done == value.Of)
                Console.Error.WriteLine($"{value.Done} of {value.Of} files are sealed under the new key.");
        }
    }
}
