using RootCustody.Data;

namespace RootCustody.Couriers.Vault;

/// <summary>An operator writes a backup of one half. The other half is another file, of another person.</summary>
public sealed class BackUpHalf(CustodyDb db)
{
    /// <summary>The shortest passphrase, in bytes. It is all that stands between whoever finds the file and every secret in it.</summary>
    public const int ShortestPassphrase = 16;

    /// <summary>What came of it.</summary>
    public abstract record Outcome
    {
        private Outcome() { } // closed: these two and no other

        public sealed record Written(int Versions) : Outcome;

        public sealed record Refused(string Why) : Outcome;
    }

    /// <param name="path">A file that must not exist yet.</param>
    /// <exception cref="VaultException">The store cannot be read.</exception>
    public async Task<Outcome> HandleAsync(
        Half half,
        SealedUpkeep upkeep,
        string path,
        Secret passphrase,
        CancellationToken cancellationToken
    )
    {
        if (passphrase.Length < ShortestPassphrase)
            return new Outcome.Refused(
                $"The passphrase is too short: it has to have at least {ShortestPassphrase} characters. Take some words by chance."
            );
        if (File.Exists(path))
            return new Outcome.Refused("There is a file of this name already. A backup replaces none.");
        var copied = await upkeep.BackUpAsync(passphrase, cancellationToken);
        if (copied is not { } copy)
            return new Outcome.Refused("Nothing was ever put in, so there is nothing to back up.");
        // on record before it is there: a copy of all halves of one kind must never be unknown
        await db.DecideAsync(
            () =>
            {
                db.Record("vault.backedup", Recording.Operator, ("half", half), ("versions", copy.Versions));
                return Task.FromResult(true);
            },
            cancellationToken
        );
        return DurableFile.TryCreate(Path.GetFullPath(path), copy.File)
            ? new Outcome.Written(copy.Versions)
            : new Outcome.Refused("There is a file of this name already. A backup replaces none.");
    }
}
