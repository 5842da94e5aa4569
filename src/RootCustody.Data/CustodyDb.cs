using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using RootCustody.Accounts;
using RootCustody.Data.Audit;
using RootCustody.Data.Backups;
using RootCustody.Data.Chat;
using RootCustody.Data.People;
using RootCustody.Data.Reveals;
using RootCustody.Moves;
using RootCustody.Onboarding;
using RootCustody.People;
using RootCustody.Posture;
using RootCustody.Proofs;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Rotation;
using RootCustody.Transfers;

namespace RootCustody.Data;

/// <summary>Everything that RootCustody remembers, except the halves. What differs between the databases stands in <c>Databases/</c>.</summary>
public abstract class CustodyDb(
    DbContextOptions options,
    WriterTurn writer,
    CommitBell bell,
    PolicyBook configured,
    TimeProvider clock
) : DbContext(options)
{
    /// <summary>The shadow column that counts the changes of a row (law 9).</summary>
    public const string Version = "Version";

    /// <summary>The shadow column of <see cref="Request.NextStepAt"/>, by which the sweep finds what is due.</summary>
    public const string StepDueAt = "StepDueAt";

    private const int MostAttempts = 20;

    /// <summary>Whoever has lost so often is one of the long ones, which lose to the short ones again and again.</summary>
    private const int FairAttempts = 5;

    public DbSet<Person> People => Set<Person>();
    public DbSet<LinkedIdentity> Identities => Set<LinkedIdentity>();
    public DbSet<Realm> Realms => Set<Realm>();
    public DbSet<CustodianGroup> Groups => Set<CustodianGroup>();
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<Retirement> Retirements => Set<Retirement>();
    public DbSet<OldPasswords> OldPasswords => Set<OldPasswords>();
    public DbSet<Ending> Endings => Set<Ending>();
    public DbSet<KnownPassword> KnownPasswords => Set<KnownPassword>();
    public DbSet<MfaDevice> MfaDevices => Set<MfaDevice>();
    public DbSet<HeldKey> HeldKeys => Set<HeldKey>();
    public DbSet<Exposure> Exposures => Set<Exposure>();
    public DbSet<Offer> Offers => Set<Offer>();
    public DbSet<Request> Requests => Set<Request>();
    public DbSet<StepUpRecord> StepUps => Set<StepUpRecord>();
    public DbSet<EnrolmentCode> EnrolmentCodes => Set<EnrolmentCode>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<LinkAttempt> LinkAttempts => Set<LinkAttempt>();
    public DbSet<FormerIdentity> FormerIdentities => Set<FormerIdentity>();
    public DbSet<SeenRefusal> Refusals => Set<SeenRefusal>();
    public DbSet<CardPlace> CardPlaces => Set<CardPlace>();
    public DbSet<ChatAddress> ChatAddresses => Set<ChatAddress>();
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();
    public DbSet<SeenClick> SeenClicks => Set<SeenClick>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<PolicyOverride> PolicyOverrides => Set<PolicyOverride>();
    public DbSet<OnCallShift> OnCallShifts => Set<OnCallShift>();
    public DbSet<Keeper> Keepers => Set<Keeper>();
    public DbSet<Proposal> Proposals => Set<Proposal>();
    public DbSet<RotationDate> RotationDates => Set<RotationDate>();
    public DbSet<CalendarLink> CalendarLinks => Set<CalendarLink>();
    public DbSet<Digest> Digests => Set<Digest>();
    public DbSet<OnboardingWord> OnboardingWords => Set<OnboardingWord>();
    public DbSet<Transfer> Transfers => Set<Transfer>();
    public DbSet<Move> Moves => Set<Move>();
    public DbSet<Evidence> Evidence => Set<Evidence>();
    public DbSet<Finding> Findings => Set<Finding>();
    public DbSet<TrailKey> TrailKeys => Set<TrailKey>();
    public DbSet<Proof> Proofs => Set<Proof>();
    public DbSet<RevealHold> RevealHolds => Set<RevealHold>();

    /// <summary>The policy as the configuration states it; what counts, <see cref="Policies"/> says.</summary>
    internal PolicyBook Configured => configured;

    /// <summary>The time that this decision is made at.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Loads, asks and records in one transaction: state, audit entries and cards, all or nothing (law 10). If someone was faster the whole lambda runs again on what is true now (law 9), so it calls nothing outside.</summary>
    public async Task<T> DecideAsync<T>(Func<Task<T>> decide, CancellationToken cancellationToken)
    {
        var outcome = await DecideQuietlyAsync(decide, cancellationToken);
        bell.Ring();
        return outcome;
    }

    /// <summary>As <see cref="DecideAsync"/>, for the loops that the bell wakes: they must not wake themselves.</summary>
    internal async Task<T> DecideQuietlyAsync<T>(Func<Task<T>> decide, CancellationToken cancellationToken)
    {
        using var measured = Telemetry.Decision();
        for (var attempt = 1; ; attempt++)
        {
            // who has lost a race waits for the others of this process, so that it is not lost again and again
            using var turn = HasOneWriter || attempt > 1 ? await writer.TakeAsync(cancellationToken) : null;
            try
            {
                ChangeTracker.Clear();
                await using var transaction = await Database.BeginTransactionAsync(
                    IsolationLevel.Serializable,
                    cancellationToken
                );
                if (attempt > FairAttempts)
                    await StandAloneAsync(cancellationToken);
                var outcome = await decide();
                await SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                measured.Outcome = "Done";
                return outcome;
            }
            catch (Exception faster) when (attempt < MostAttempts && HasLostRace(faster))
            {
                Telemetry.LostRace();
            }
        }
    }

    /// <summary>Raises the version of a row on which this decision rests without changing it: a facts that spans aggregates meets its rival there (law 9).</summary>
    public void Raise(object aggregate) => Raise(Entry(aggregate));

    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        ChangeTracker.DetectChanges();
        foreach (var entry in ChangeTracker.Entries().Where(e => e.State == EntityState.Modified).ToList())
        {
            if (entry.Metadata.FindProperty(Version) is not null && !entry.Property(Version).IsModified)
                Raise(entry);
        }
        foreach (
            var entry in ChangeTracker
                .Entries<Request>()
                .Where(e => e.State is EntityState.Added or EntityState.Modified)
        )
            entry.Property(StepDueAt).CurrentValue = entry.Entity.NextStepAt;
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>What the clock of the database server shows; null where that is this machine's.</summary>
    public abstract Task<DateTimeOffset?> ServerTimeAsync(CancellationToken cancellationToken);

    /// <summary>Waits until no other process changes the schema, where the library does not do so itself.</summary>
    /// <returns>To be disposed when the schema is changed; null if there is nothing to let go.</returns>
    public virtual Task<IAsyncDisposable?> LockSchemaAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IAsyncDisposable?>(null);

    /// <summary>Whether the database takes one writer at a time, so that waiting in turn costs less than being refused.</summary>
    protected abstract bool HasOneWriter { get; }

    /// <summary>Makes this transaction, which has read nothing yet, the only one that writes, where the database lets the others win for ever.</summary>
    protected virtual Task StandAloneAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether the driver says that someone was faster: nothing was saved, and the decision can be made again.</summary>
    protected abstract bool IsLostRace(Exception exception);

    /// <summary>Fits the model to the database.</summary>
    protected abstract void Fit(IMutableModel model);

    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CustodyDb).Assembly);
        Fit(modelBuilder.Model);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<TicksConverter>();
        configurationBuilder.Properties<PersonId>().HaveConversion<IdConverter<PersonId>>();
        configurationBuilder.Properties<GroupId>().HaveConversion<IdConverter<GroupId>>();
        configurationBuilder.Properties<CustomerId>().HaveConversion<IdConverter<CustomerId>>();
        configurationBuilder.Properties<AccountId>().HaveConversion<IdConverter<AccountId>>();
        configurationBuilder.Properties<RequestId>().HaveConversion<IdConverter<RequestId>>();
        configurationBuilder.Properties<ProposalId>().HaveConversion<IdConverter<ProposalId>>();
        configurationBuilder.Properties<DeviceId>().HaveConversion<IdConverter<DeviceId>>();
        configurationBuilder.Properties<EvidenceId>().HaveConversion<IdConverter<EvidenceId>>();
        configurationBuilder.Properties<OnboardingWordId>().HaveConversion<IdConverter<OnboardingWordId>>();
        configurationBuilder.Properties<TransferId>().HaveConversion<IdConverter<TransferId>>();
        configurationBuilder.Properties<TransferWordId>().HaveConversion<IdConverter<TransferWordId>>();
        configurationBuilder.Properties<MoveId>().HaveConversion<IdConverter<MoveId>>();
        configurationBuilder.Properties<ExposureId>().HaveConversion<IdConverter<ExposureId>>();
    }

    private static void Raise(EntityEntry entry)
    {
        var version = entry.Property(Version);
        if (!version.IsModified)
            version.CurrentValue = (int)version.OriginalValue! + 1;
    }

    private bool HasLostRace(Exception exception)
    {
        // the driver's exception may stand inside of those of the library, or alone
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is DbUpdateConcurrencyException || IsLostRace(inner))
                return true;
        }
        return false;
    }
}
