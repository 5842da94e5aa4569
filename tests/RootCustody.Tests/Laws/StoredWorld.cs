using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Desk.People;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Tests.Laws;

/// <summary>Plays commands on the real use cases, by clicks, and keeps what came onto screens; the laws are then read from what is stored.</summary>
public sealed partial class StoredWorld(Stage stage)
{
    private static readonly string[] Everyone =
    [
        Stage.Paul,
        Stage.Petra,
        Stage.Mona,
        Stage.Mike,
        Stage.Dora,
        Stage.Rita,
        Stage.Ravi,
    ];

    private static readonly string[] Administrators = [Stage.Ada, Stage.Abe, Stage.Alma];
    private static readonly string[] Anybody = [.. Everyone, .. Administrators];

    private string? lastKey;
    private Func<string, Task>? lastClick;
    private int keys;

    /// <summary>Each half that a screen showed.</summary>
    public List<(string Who, RequestId Request, Half Half)> Shown { get; } = [];

    /// <summary>When somebody was frozen, and until when.</summary>
    public List<(string Who, DateTimeOffset From, DateTimeOffset? Until)> Frozen { get; } = [];

    /// <summary>Paul and Mona have a second chat account; Dora keeps the root mailbox and is of finance, Alma keeps the root phone.</summary>
    public static async Task<StoredWorld> SetAsync()
    {
        var stage = await Stage.SetAsync(new Policy { PasswordReveals = 100 });
        foreach (var key in (string[])[Stage.Paul, Stage.Mona])
            await stage.ChangeAsync(key, person => person.Link(InSlack(key), Stage.Noon, Stage.Noon));
        await stage.ChangeAsync(Stage.Dora, person => person.Appoint(PersonRole.Finance));
        var world = new StoredWorld(stage);
        await world.KeepAsync(Stage.Dora, (int)KeptThing.RootMailbox - 1);
        await world.KeepAsync(Stage.Alma, (int)KeptThing.RootPhone - 1);
        return world;
    }

    public Stage Stage => stage;

    public bool IsAdministrator(PersonId person) => Administrators.Contains(KeyOf(person));

    public bool IsContact(PersonId person) => Contacts.Contains(KeyOf(person));

    public Task PlayAsync(StoredCommand command)
    {
        stage.Clock.Advance(TimeSpan.FromSeconds(1)); // no two things happen at one moment
        var who = Everyone[command.Who % Everyone.Length];
        return command.Act switch
        {
            StoredAct.Wait => WaitAsync(TimeSpan.FromMinutes(1 + (command.How % 20))),
            StoredAct.WaitLong => WaitAsync(TimeSpan.FromHours(1 + (command.How % 8))),
            StoredAct.Jobs => JobsAsync(),
            StoredAct.Restart => stage.RestartAsync(),
            StoredAct.Redeliver => lastClick is { } again ? again(lastKey!) : Task.CompletedTask,
            StoredAct.Unfreeze => UnfreezeAsync(who),
            StoredAct.Keep => KeepAsync(who, command.How),
            StoredAct.ChangeGroup => ChangeGroupAsync(who, command.How),
            StoredAct.BeginMove => BeginMoveAsync(command),
            StoredAct.MoveOn or StoredAct.CancelMove => MoveOnAsync(command),
            StoredAct.TransferOn => TransferOnAsync(command),
            StoredAct.TransferBack => TransferBackAsync(command),
            StoredAct.AskEmergency => stage.SubmitAskAsync("30"),
            StoredAct.AskPlanned => stage.SubmitAskAsync(
                "30",
                stage.Clock.GetUtcNow().AddMinutes(2 + (command.How % 60))
            ),
            StoredAct.Drill => ClickAsync(who, Actions.Drill, "", inputs: [("text", "111122223333")]),
            StoredAct.NotMe or StoredAct.Away or StoredAct.Back => WordAsync(who, command.Act, command.How),
            _ => OnRequestAsync(who, command),
        };
    }

    private Task WaitAsync(TimeSpan time)
    {
        stage.Clock.Advance(time);
        return Task.CompletedTask;
    }

    /// <summary>All sweeps, as the clockwork runs them.</summary>
    public async Task JobsAsync()
    {
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        await stage.RunAsync<OpenWindowsJob>(job => job.RunAsync(CancellationToken.None));
        await stage.RunAsync<EscalateRequestsJob>(job => job.RunAsync(CancellationToken.None));
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        await stage.RunAsync<TidyFrozenJob>(job => job.RunAsync(CancellationToken.None));
        await EndTransfersAsync();
    }

    private static ChatUser InSlack(string key) =>
        new(ChatPlatform.Slack, Stage.ProviderWorkspace, $"U0{key.ToUpperInvariant()}2");

    private async Task OnRequestAsync(string who, StoredCommand command)
    {
        var requests = await stage.InDbAsync(db => db.Requests.OrderBy(r => r.Id).ToListAsync());
        var running = requests.FindAll(r =>
            !r.IsOver && (command.Act != StoredAct.Reveal || r.State == RequestState.Open)
        );
        var among = running.Count == 0 || command.Which % 8 == 0 ? requests : running;
        if (among.Count == 0)
            return;
        var request = among[command.Which / 8 % among.Count];
        // most often whoever has a part in it, or could have
        if (command.Act == StoredAct.Approve && command.Who % 5 > 0)
            who = Everyone[command.Who % 4];
        else if (command.Who % 5 > 0 && Holder(request, command.How) is { } holder)
            who = holder;
        if (command.Act == StoredAct.Reveal)
        {
            await RevealAsync(who, request, command.How);
            return;
        }
        var (action, submits) = ActionOf(command.Act);
        var subject = command.Act == StoredAct.Approve ? $"{request.Id}.{request.Edits}" : request.Id.ToString();
        (string, string)[] inputs =
        [
            ("reason", "It has to be."),
            ("half", command.How % 2 == 0 ? "password" : "mfa"),
            ("log", "Done."),
            ("found", Found(request, command.How)),
            ("signedout", "yes"),
            ("handedover", command.How % 2 == 0 ? "yes" : ""),
            ("why", $"Something else has to be done, number {command.How}."),
        ];
        await ClickAsync(who, action, subject, submits, command.Who % 2 == 0, inputs);
    }

    /// <summary>What a holder says that AWS has: one of the newest, or none.</summary>
    private static string Found(Request request, int how) =>
        (how % 4 == 0 ? Request.NoneSignsIn : (request.PendingGeneration ?? 1) - (how % 3)).ToString(
            CultureInfo.InvariantCulture
        );

    private string? Holder(Request request, int how) =>
        stage.People.FirstOrDefault(p => p.Value == request.HolderOf(how % 2 == 0 ? Half.Password : Half.Mfa)).Key;

    private static (string Action, bool Submits) ActionOf(StoredAct act) =>
        act switch
        {
            StoredAct.Approve => (Actions.Approve, false),
            StoredAct.Deny => (Actions.Deny, true),
            StoredAct.Revoke => (Actions.Revoke, true),
            StoredAct.Done => (Actions.Done, true),
            StoredAct.Rotated => (Actions.Rotated, false),
            StoredAct.NotRotated => (Actions.NotRotated, true),
            StoredAct.HandBack => (Actions.HandBack, true),
            StoredAct.Replace => (Actions.Replace, true),
            StoredAct.Extend => (Actions.Extend, true),
            StoredAct.Lengthen => (Actions.Lengthen, false),
            StoredAct.Edit => (Actions.Edit, true),
            _ => (Actions.Help, false),
        };

    private async Task RevealAsync(string who, Request request, int how)
    {
        stage.Clock.Advance(TimeSpan.FromSeconds(30)); // each step-up code counts once
        var half = how % 2 == 0 ? Half.Password : Half.Mfa;
        var screen = new Screen();
        await stage.RevealAsync(who, request.Id, half, screen);
        if (screen.Lines.Count > 0)
            Shown.Add((who, request.Id, half));
    }

    private async Task WordAsync(string who, StoredAct act, int how)
    {
        var word = act switch
        {
            StoredAct.NotMe => Actions.NotMe,
            StoredAct.Away => Actions.Away,
            _ => Actions.Back,
        };
        var before = stage.Clock.GetUtcNow();
        await ClickAsync(who, word, "", inputs: [("text", $"for {1 + (how % 3)}h")]);
        if (act == StoredAct.NotMe && !Frozen.Exists(f => f.Who == who && f.Until is null))
            Frozen.Add((who, before, null));
    }

    private async Task ClickAsync(
        string who,
        string action,
        string subject,
        bool submits = false,
        bool secondAccount = false,
        params (string, string)[] inputs
    )
    {
        var by = secondAccount && who is Stage.Paul or Stage.Mona && secondAccount ? InSlack(who) : stage.UserOf(who);
        lastKey = $"stored-{keys++}";
        lastClick = key => stage.ClickAsync(by, action, subject, submits: submits, key: key, inputs: inputs);
        await lastClick(lastKey);
    }

    private async Task UnfreezeAsync(string who)
    {
        await stage.ChangeAsync(who, person => person.Unfreeze());
        for (var i = 0; i < Frozen.Count; i++)
        {
            if (Frozen[i].Who == who && Frozen[i].Until is null)
                Frozen[i] = Frozen[i] with { Until = stage.Clock.GetUtcNow() };
        }
    }

    /// <summary>Out of every group and into this one, if law 3 lets them.</summary>
    private Task ChangeGroupAsync(string who, int how) =>
        stage.DecideAsync(async db =>
        {
            var groups = await db.Groups.Include(g => g.Members).OrderBy(g => g.Key).ToListAsync();
            foreach (var group in groups)
                group.Dismiss(stage.People[who]);
            var to = groups[how % groups.Count];
            to.Admit(stage.People[who], groups.Where(g => g != to));
        });
}
