using Hangfire;
using Hangfire.InMemory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OtpNet;
using RootCustody.Chat;
using RootCustody.Couriers;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Data.Backups;
using RootCustody.Data.Chat;
using RootCustody.Data.Databases;
using RootCustody.Desk;
using RootCustody.Desk.OnCall;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests;

/// <summary>The desk and both couriers on a real SQLite file and real sealed vaults, without the platforms: tests click, and look at what stands in the outbox. Rita requests; Paul and Petra keep the password, Mona and Mike the MFA; Dora is on duty; Ravi is a second contact; Ada, Abe and Alma are administrators.</summary>
public sealed class Stage : IAsyncDisposable
{
    public const string Rita = "rita";
    public const string Paul = "paul";
    public const string Petra = "petra";
    public const string Mona = "mona";
    public const string Mike = "mike";
    public const string Dora = "dora";
    public const string Ravi = "ravi";
    public const string Ada = "ada";
    public const string Abe = "abe";
    public const string Alma = "alma";

    /// <summary>The MFA device of the account, whose seed is the bytes 1 to 20.</summary>
    public const string Device = "Authenticator";
    public const string ProviderRealm = "tenant-provider";
    public const string CustomerRealm = "T0ACME";
    public const string ProviderWorkspace = "T0PROVIDER";

    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    // making the first stage takes long, copying it does not
    private static readonly Dictionary<DatabaseProvider, Lazy<Task<Stage>>> Firsts = new()
    {
        [DatabaseProvider.Sqlite] = new(() => BuildAsync(new Policy())),
        [DatabaseProvider.PostgreSql] = new(() => BuildAsync(new Policy())),
    };

    private readonly string directory;
    private readonly bool isGuest;
    private readonly Dictionary<string, byte[]> authenticators = new(StringComparer.Ordinal);
    private readonly PolicyLayer[] layers;
    private TestDatabase database;
    private ServiceProvider services;
    private int clicks;

    private Stage(TestDatabase database, Policy policy, params PolicyLayer[] layers)
    {
        this.database = database;
        directory = Directory.CreateTempSubdirectory("rootcustody-").FullName;
        Clock = new FakeTimeProvider(Noon);
        Policy = policy;
        this.layers = layers;
        services = Start();
    }

    /// <summary>Another process beside one.</summary>
    private Stage(Stage host)
    {
        isGuest = true;
        (database, directory, Clock, Policy, layers) = (
            host.database,
            host.directory,
            host.Clock,
            host.Policy,
            host.layers
        );
        (Account, Customer, People, authenticators) = (host.Account, host.Customer, host.People, host.authenticators);
        clicks = 1_000_000; // its clicks are others
        services = Start();
    }

    private ServiceProvider Start() =>
        new ServiceCollection()
            .ConfigureDbContext<SqliteCustodyDb>(TSqlWatch.Over)
            .AddLogging()
            .AddSingleton(BookOf(Policy, layers))
            .AddCustodyData(database.Settings, Clock)
            .AddDesk(new Uri("https://rootcustody.example/"))
            .AddOnCall(OnCall)
            .AddHandovers()
            .AddStepUp(VaultDirectory)
            .AddPasswordCourier(VaultDirectory, new PasswordRules())
            .AddMfaCourier(VaultDirectory)
            .AddSingleton<JobStorage>(new InMemoryStorage())
            .AddSingleton<IBackgroundJobClient>(p => new BackgroundJobClient(p.GetRequiredService<JobStorage>()))
            .BuildServiceProvider();

    private static PolicyBook BookOf(Policy policy, PolicyLayer[] layers) =>
        new([
            new PolicyLayer(PolicyScope.Provider, "", "the test", Policy.Names.ToDictionary(n => n, policy.Get)),
            .. layers,
        ]);

    public FakeTimeProvider Clock { get; }

    /// <summary>Who is on call by the settings; counts from the next start of the process on.</summary>
    public Dictionary<string, OnCallSettings> OnCall { get; } = new(StringComparer.Ordinal);

    public Policy Policy { get; }
    public string DatabaseFile =>
        new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(database.Settings.ConnectionString).DataSource;
    public string VaultDirectory => Path.Combine(directory, "vault");
    public AccountId Account { get; private set; }
    public CustomerId Customer { get; private set; }

    /// <summary>Everyone by key, and everyone's chat identities: Rita and Ravi in Slack, the others in Teams.</summary>
    public Dictionary<string, PersonId> People { get; } = new(StringComparer.Ordinal);

    /// <param name="layers">What differs for customers and accounts.</param>
    public static async Task<Stage> SetAsync(Policy? policy = null, params PolicyLayer[] layers)
    {
        if (!Firsts.TryGetValue(EachDatabase.Wanted, out var built))
            return await BuildAsync(policy ?? new Policy(), layers);
        var first = await built.Value;
        var stage = new Stage(await first.database.CopyAsync(), policy ?? new Policy(), layers)
        {
            Account = first.Account,
            Customer = first.Customer,
        };
        foreach (var (key, person) in first.People)
            stage.People[key] = person;
        foreach (var (key, seed) in first.authenticators)
            stage.authenticators[key] = seed;
        foreach (var file in Directory.EnumerateFiles(first.directory, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(stage.directory, Path.GetRelativePath(first.directory, file));
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            else
                Directory.CreateDirectory(
                    Path.GetDirectoryName(copy)!,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
            File.Copy(file, copy);
        }
        stage.Clock.SetUtcNow(first.Clock.GetUtcNow());
        return stage;
    }

    private static async Task<Stage> BuildAsync(Policy policy, params PolicyLayer[] layers)
    {
        var stage = new Stage(await TestDatabase.NewAsync(), policy, layers);
        await using (var scope = stage.Scope())
        {
            var db = scope.ServiceProvider.GetRequiredService<CustodyDb>();
            await db.DecideAsync(() => stage.CastAsync(db), CancellationToken.None);
            Assert.IsType<TakePassword.Outcome.Taken>(
                await scope
                    .ServiceProvider.GetRequiredService<TakePassword>()
                    .MakeAsync("111122223333", CancellationToken.None)
            );
            await stage.TakeSeedAsync(scope.ServiceProvider);
            foreach (var key in stage.People.Keys)
                await stage.EnrolAsync(scope.ServiceProvider, key);
        }
        stage.Clock.Advance(TimeSpan.FromSeconds(90)); // the codes of the enrolment are used up
        stage.database.Close(); // nobody may look at what is copied
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(stage.directory, recursive: true);
        return stage;
    }

    public AsyncServiceScope Scope() => services.CreateAsyncScope();

    /// <summary>Reads, or prepares, something in the database.</summary>
    public async Task<T> InDbAsync<T>(Func<CustodyDb, Task<T>> look)
    {
        await using var scope = Scope();
        return await look(scope.ServiceProvider.GetRequiredService<CustodyDb>());
    }

    /// <summary>Types a word and what comes after it.</summary>
    public Task<Reply> TypeAsync(ChatUser by, string word, string rest = "") =>
        ClickAsync(by, word, inputs: [("text", rest)]);

    /// <summary>Prepares something as a decision of its own.</summary>
    public Task DecideAsync(Func<CustodyDb, Task> prepare) =>
        InDbAsync(db =>
            db.DecideAsync(
                async () =>
                {
                    await prepare(db);
                    return true;
                },
                CancellationToken.None
            )
        );

    /// <summary>Prepares a person, whose identities are there too.</summary>
    public Task ChangeAsync(string person, Action<Person> change) =>
        DecideAsync(async db =>
        {
            var id = People[person];
            change(await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id));
        });

    /// <summary>The card that stands last at each place of a person, or of everyone, for this purpose.</summary>
    public Task<List<Card>> CardsAsync(Purpose purpose, string? person = null) =>
        InDbAsync(async db =>
        {
            PersonId? whose = person is null ? null : People[person];
            var rows = await db
                .Outbox.Include(r => r.Place)
                .Where(r => r.Place.Purpose == purpose && (whose == null || r.Place.Person == whose))
                .ToListAsync();
            return rows.GroupBy(r => r.PlaceId).Select(place => place.MaxBy(r => r.Id)!.Card).ToList();
        });

    public Task<Request> RequestAsync(RequestId id) => InDbAsync(db => db.Requests.SingleAsync(r => r.Id == id));

    public async Task RunAsync<TJob>(Func<TJob, Task> run)
        where TJob : notnull
    {
        await using var scope = Scope();
        await run(scope.ServiceProvider.GetRequiredService<TJob>());
    }

    /// <summary>Someone presses a button, types a word or sends a form.</summary>
    public Task<Reply> ClickAsync(
        string person,
        string action,
        string subject = "",
        Bot bot = Bot.Desk,
        bool submits = false,
        RevealSurface? surface = null,
        string? key = null,
        params (string Field, string Value)[] inputs
    ) => ClickAsync(UserOf(person), action, subject, bot, submits, surface, key, inputs);

    /// <summary>The same, by a chat identity that need not be anybody's.</summary>
    public async Task<Reply> ClickAsync(
        ChatUser by,
        string action,
        string subject = "",
        Bot bot = Bot.Desk,
        bool submits = false,
        RevealSurface? surface = null,
        string? key = null,
        params (string Field, string Value)[] inputs
    )
    {
        await using var scope = Scope();
        var click = new Click
        {
            Key = key ?? $"click-{Interlocked.Increment(ref clicks)}",
            Bot = bot,
            By = by,
            Where = new ChatPlace(by.Platform, by.Realm, $"chat-{NameOf(by)}-{bot}", "https://service.example/"),
            InPrivate = true,
            Action = action,
            Subject = subject,
            Submits = submits,
            Surface = surface,
            Inputs = inputs.ToDictionary(i => i.Field, i => i.Value, StringComparer.Ordinal),
        };
        return await scope
            .ServiceProvider.GetRequiredKeyedService<IInbox>(bot)
            .HandleAsync(click, CancellationToken.None);
    }

    private int tickets;

    /// <summary>Rita asks; the id of the request, which has to be there afterwards.</summary>
    public async Task<RequestId> AskAsync(
        string minutes = "60",
        DateTimeOffset? plannedAt = null,
        string task = "lock-out",
        string named = ""
    )
    {
        // each is another one; the same once more would be taken for the first
        var ticket = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"INC-{++tickets}");
        Assert.IsType<Reply.Said>(await SubmitAskAsync(minutes, plannedAt, task, named, ticket));
        return await InDbAsync(db =>
            db.Requests.Where(r => r.Requester != null).OrderByDescending(r => r.AskedAt).Select(r => r.Id).FirstAsync()
        );
    }

    /// <summary>Rita sends the form.</summary>
    public Task<Reply> SubmitAskAsync(
        string minutes = "60",
        DateTimeOffset? plannedAt = null,
        string task = "lock-out",
        string named = "",
        string ticket = ""
    ) =>
        ClickAsync(
            Rita,
            Actions.Request,
            submits: true,
            inputs:
            [
                ("account", Account.ToString()),
                ("task", task),
                ("named", named),
                ("ticket", ticket),
                ("why", "All administrators are locked out."),
                ("rootless", plannedAt is null ? "" : "No other administrator is left."),
                ("kind", plannedAt is null ? "emergency" : "planned"),
                (
                    "start",
                    plannedAt?.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture) ?? ""
                ),
                (
                    "length",
                    (int.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture) * 60).ToString(
                        System.Globalization.CultureInfo.InvariantCulture
                    )
                ),
            ]
        );

    /// <summary>Rita asks, one of each group approves, the window is open.</summary>
    public async Task<RequestId> OpenAsync(string password = Paul, string mfa = Mona)
    {
        var id = await AskAsync();
        await ClickAsync(password, Actions.Approve, id.ToString());
        await ClickAsync(mfa, Actions.Approve, id.ToString());
        Assert.Equal(RequestState.Open, (await RequestAsync(id)).State);
        return id;
    }

    /// <summary>The holder sends the step-up form of a courier.</summary>
    public Task<Reply> RevealAsync(
        string person,
        RequestId id,
        Half half,
        RevealSurface surface,
        string? code = null
    ) =>
        ClickAsync(
            person,
            Actions.Reveal,
            id.ToString(),
            half.Courier(),
            submits: true,
            surface: surface,
            inputs: [("code", code ?? CodeOf(person))]
        );

    /// <summary>What the person's own authenticator shows now.</summary>
    public string CodeOf(string person) => new Totp(authenticators[person]).ComputeTotp(Clock.GetUtcNow().UtcDateTime);

    /// <summary>The opposite of <see cref="UserOf"/>.</summary>
    private static string NameOf(ChatUser user) =>
        user
            .User.Replace("aad-", "", StringComparison.Ordinal)
            .Replace("U0", "", StringComparison.Ordinal)
            .ToLowerInvariant();

    /// <summary>The seed in the person's own authenticator, as Base32.</summary>
    public string SeedOf(string person) => Base32Encoding.ToString(authenticators[person]);

    public ChatUser UserOf(string person) =>
        person is Rita or Ravi
            ? new ChatUser(ChatPlatform.Slack, CustomerRealm, $"U0{person.ToUpperInvariant()}")
            : new ChatUser(ChatPlatform.Teams, ProviderRealm, $"aad-{person}");

    /// <summary>Ada types a change after <c>admin</c> and proves that it was her.</summary>
    /// <returns>The proposal that waits for a second administrator.</returns>
    public async Task<ProposalId> ProposeAsync(string words, string by = Ada)
    {
        var asked = Assert.IsType<Reply.Asked>(await AdminAsync(words, by));
        Assert.IsType<Reply.Said>(await AgreeAsync(by, asked.Form.Subject));
        return Id.Read<ProposalId>(asked.Form.Subject)!.Value;
    }

    public Task<Reply> AdminAsync(string words, string by = Ada) =>
        ClickAsync(by, Actions.Admin, inputs: [("text", words)]);

    /// <summary>An administrator sends the step-up form of a proposal.</summary>
    public Task<Reply> AgreeAsync(string person, string proposal, string? code = null, string? key = null) =>
        ClickAsync(
            person,
            Actions.Agree,
            proposal,
            submits: true,
            key: key,
            inputs: [("code", code ?? CodeOf(person))]
        );

    /// <summary>Ada proposes it, Abe confirms it: it is made.</summary>
    public async Task<Reply> MakeAsync(string words)
    {
        var id = await ProposeAsync(words);
        var reply = await AgreeAsync(Abe, id.ToString());
        Assert.Equal(
            ProposalState.Made,
            await InDbAsync(db => db.Proposals.Where(p => p.Id == id).Select(p => p.State).SingleAsync())
        );
        Clock.Advance(TimeSpan.FromSeconds(30)); // both codes are used up
        return reply;
    }

    /// <summary>The one-time code that Abe is shown when he confirms this as the second.</summary>
    public async Task<string> CodeByTwoAsync(string words)
    {
        var said = Assert.IsType<Reply.Said>(await MakeAsync(words)).Text;
        return said.Split(' ').Single(word => word.Length == 23 && word.Count(letter => letter == '-') == 3);
    }

    /// <summary>All that stands in the database.</summary>
    public Task<byte[]> DatabaseBytesAsync() => database.BytesAsync();

    public TestDatabase Database => database;

    /// <summary>Another process on the same database and the same vaults.</summary>
    public Stage Beside() => new(this);

    /// <summary>The process ends and another begins: only what is stored is left.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await services.DisposeAsync();
        services = Start();
    }

    /// <summary>The host serves on while a backup is written, in the way of this database.</summary>
    /// <returns>The file.</returns>
    public async Task<string> BackUpAsync()
    {
        var file = Path.Combine(directory, $"backup-{Interlocked.Increment(ref clicks)}.db");
        if (database.Settings.IsServer)
            return await database.BackUpAsync();
        await RunAsync<BackUp>(async backUp =>
            Assert.IsType<BackUp.Outcome.Written>(await backUp.HandleAsync(file, false, CancellationToken.None))
        );
        return file;
    }

    /// <summary>The process ends, and the next one begins on a database that was put back.</summary>
    public async Task RestoreAsync(string file)
    {
        await StopAsync();
        await services.DisposeAsync();
        database.Close();
        if (database.Settings.IsServer)
            database = await database.RestoreAsync(file);
        services = Start();
        if (database.Settings.IsServer)
            return;
        await RunAsync<RestoreBackup>(async restore =>
        {
            var outcome = await restore.PrepareAsync(file, CancellationToken.None);
            await using var ready = Assert.IsType<RestoreBackup.Outcome.Ready>(outcome).Restore;
            Assert.NotNull(await ready.SwapAsync(CancellationToken.None));
        });
    }

    /// <summary>The process stops, as far as the screens are concerned; a stop that does not end is an error.</summary>
    public async Task StopAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await services.GetRequiredService<Removals>().StopAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await services.DisposeAsync();
        if (isGuest)
            return;
        await database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private Task<bool> CastAsync(CustodyDb db)
    {
        var customer = RootCustody.Accounts.Customer.Of("acme", "Acme", Noon);
        var passwords = CustodianGroup.Of("passwords", "Password custodians", Half.Password, Noon);
        var mfas = CustodianGroup.Of("mfas", "MFA custodians", Half.Mfa, Noon);
        foreach (var key in (string[])[Rita, Ravi, Paul, Petra, Mona, Mike, Dora, Ada, Abe, Alma])
        {
            var person = Person.Of(key, key, key is Rita or Ravi ? customer.Id : null, key == Dora, Noon);
            if (key is Ada or Abe or Alma)
                person.Appoint(PersonRole.Administrator);
            person.Link(UserOf(key), Noon, Noon);
            People[key] = person.Id;
            db.People.Add(person);
        }
        passwords.Admit(People[Paul], [mfas]);
        passwords.Admit(People[Petra], [mfas]);
        mfas.Admit(People[Mona], [passwords]);
        mfas.Admit(People[Mike], [passwords]);
        var account = RootCustody.Accounts.Account.Of(
            "111122223333",
            "Production",
            "aws@acme.example",
            customer.Id,
            passwords.Id,
            mfas.Id,
            Noon
        );
        db.AddRange(
            customer,
            passwords,
            mfas,
            account,
            Realm.Of(ChatPlatform.Slack, CustomerRealm, customer.Id),
            Realm.Of(ChatPlatform.Teams, ProviderRealm, null),
            Realm.Of(ChatPlatform.Slack, ProviderWorkspace, null)
        );
        (Account, Customer) = (account.Id, customer.Id);
        return Task.FromResult(true);
    }

    private async Task TakeSeedAsync(IServiceProvider provider)
    {
        var seed = Enumerable.Range(1, 20).Select(i => (byte)i).ToArray();
        var totp = new Totp([.. seed]);
        var now = Clock.GetUtcNow().UtcDateTime;
        using var accepted = new SeedText.Accepted(Secret.Take(seed), TotpShape.Usual);
        // Dora brings it in, so that no custodian is barred from birth
        var outcome = await provider
            .GetRequiredService<TakeSeed>()
            .HandleAsync(
                "111122223333",
                Device,
                accepted,
                (totp.ComputeTotp(now.AddSeconds(-30)), totp.ComputeTotp(now)),
                People[Dora],
                UserOf(Dora),
                CancellationToken.None
            );
        var taken = Assert.IsType<TakeSeed.Outcome.Taken>(outcome);
        Assert.IsType<VouchForDevice.Outcome.Done>(
            await provider
                .GetRequiredService<VouchForDevice>()
                .HandleAsync(taken.Device, "", People[Mona], UserOf(Mona), CancellationToken.None)
        );
        // what people were told of it is the past of every story
        var db = provider.GetRequiredService<CustodyDb>();
        await db.Outbox.ExecuteDeleteAsync();
        await db.CardPlaces.ExecuteDeleteAsync();
    }

    private async Task EnrolAsync(IServiceProvider provider, string key)
    {
        var stepUp = provider.GetRequiredService<IStepUp>();
        using var seed = await stepUp.BeginAsync(People[key], CancellationToken.None);
        authenticators[key] = Base32Encoding.ToBytes(System.Text.Encoding.ASCII.GetString(seed.Bytes));
        Assert.Equal(StepUpOutcome.Passed, await stepUp.ConfirmAsync(People[key], CodeOf(key), CancellationToken.None));
    }
}

/// <summary>A surface that keeps what it was shown, or fails as told.</summary>
public sealed class Screen(RevealOutcome outcome = RevealOutcome.Shown, bool offers = false) : RevealSurface
{
    public List<string> Lines { get; } = [];

    /// <summary>The words before them.</summary>
    public List<string> Labels { get; } = [];
    public bool Removed { get; private set; }

    /// <summary>What was shown before it was removed: the other way round it would stay up.</summary>
    public bool RemovedAfterShown { get; private set; }

    /// <summary>So many removals fail first.</summary>
    public int RemovalsThatFail { get; set; }

    /// <summary>Runs first in each removal.</summary>
    public Func<Task>? Leaving { get; init; }

    /// <summary>Runs while the half is on its way, when only what was committed before can be seen.</summary>
    public Func<Task>? Meanwhile { get; init; }

    /// <summary>The id of the offer that it was made, as a platform that makes offers.</summary>
    public string? Offer { get; private set; }

    public override bool CanOffer => offers;

    public override Task<bool> OfferAsync(Card offer, CancellationToken cancellationToken)
    {
        Offer = offer.Choices[0].Subject;
        return Task.FromResult(true);
    }

    public override async Task<RevealOutcome> ShowAsync(Showing showing, CancellationToken cancellationToken)
    {
        if (Meanwhile is { } look)
            await look();
        Labels.AddRange(showing.Lines.Select(l => l.Label));
        Lines.AddRange(showing.Lines.Select(l => System.Text.Encoding.UTF8.GetString(l.Value.Bytes)));
        return outcome;
    }

    public override async Task<Removal> RemoveAsync(CancellationToken cancellationToken)
    {
        if (Leaving is { } leave)
            await leave();
        if (RemovalsThatFail-- > 0)
            return Removal.LeftOpen;
        RemovedAfterShown = Lines.Count > 0;
        Removed = true;
        return Removal.Removed;
    }
}
