using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.EndToEnd;

/// <summary>What has happened before somebody acts: brought about by the rules of Core, inside one decision. Its last word is the act.</summary>
internal sealed class Scene
{
    private const string Rita = "rita";

    private readonly CustodyDb db;
    private readonly FakeTimeProvider clock;
    private readonly Dictionary<string, Person> people;
    private readonly Dictionary<string, Account> accounts;
    private TimeSpan coolsFor;
    private bool unlinked;

    private Scene(
        CustodyDb db,
        FakeTimeProvider clock,
        Dictionary<string, Person> people,
        Dictionary<string, Account> accounts
    )
    {
        this.db = db;
        this.clock = clock;
        this.people = people;
        this.accounts = accounts;
    }

    public DateTimeOffset Now => db.Now;
    public CustomerId Customer => Account.Customer;
    public Account Others => accounts[Playground.Cast.OthersAccount];
    private Account Account => accounts[Playground.Cast.Account];

    public static async Task<Scene> OfAsync(CustodyDb db, FakeTimeProvider clock) =>
        new(
            db,
            clock,
            await db.People.ToDictionaryAsync(p => p.Key, StringComparer.Ordinal),
            await db.Accounts.ToDictionaryAsync(a => a.Number, StringComparer.Ordinal)
        );

    /// <summary>Links an identity to a person; the realm becomes that of the person's side.</summary>
    public async Task SeatAsync(string key, ChatUser identity)
    {
        people[key].Link(identity, Now, Now + coolsFor);
        if (unlinked)
            people[key].Unlink(identity, Now);
        var realm = await db.Realms.SingleAsync(r => r.Platform == identity.Platform && r.Name == identity.Realm);
        db.Entry(realm).Property(r => r.Customer).CurrentValue = people[key].Customer;
    }

    // what is so

    public Scene Set(string policy, string value)
    {
        db.PolicyOverrides.Add(PolicyOverride.Of(PolicyScope.Provider, "", policy, value));
        return this;
    }

    public Scene With(string key, Action<Person> so)
    {
        so(people[key]);
        return this;
    }

    /// <summary>The identity through which the act comes is new, and cools off for so long.</summary>
    public Scene Cools(TimeSpan coolsFor)
    {
        this.coolsFor = coolsFor;
        return this;
    }

    /// <summary>The identity through which the act comes was the person's, and is no more.</summary>
    public Scene Unlinked()
    {
        unlinked = true;
        return this;
    }

    public Scene Invited(string key, string code)
    {
        db.Invitations.Add(Invitation.Of(people[key].Id, code, Now + TimeSpan.FromHours(1)));
        return this;
    }

    /// <summary>Each look at the clock takes so long.</summary>
    public Scene Slow(TimeSpan look)
    {
        clock.AutoAdvanceAmount = look;
        return this;
    }

    /// <summary>Entered as an IAM user without an MFA device.</summary>
    public Scene WithoutMfa()
    {
        db.Entry(Account).Property(a => a.WithoutMfa).CurrentValue = true;
        return this;
    }

    public Scene Closes()
    {
        Account.Close(Now);
        return this;
    }

    public Scene HandsOver()
    {
        Account.HandOver("root@receiver.example", Now);
        return this;
    }

    /// <summary>Rita asked for the window of a transfer.</summary>
    public Request Handover() => Asked(Ask(Now.AddDays(2)) with { Task = RootTask.HandOver }, new Policy(), Now);

    public Scene SuspendsCustomer()
    {
        db.Customers.Single(c => c.Id == Account.Customer).Suspend(Now);
        return this;
    }

    public Scene Onboards()
    {
        Account.BeginOnboarding(Now);
        return this;
    }

    public Scene Keeps(string key, KeptThing thing)
    {
        db.Keepers.Add(Keeper.Of(Account.Id, people[key].Id, thing, "the one in the safe", Now));
        return this;
    }

    public Scene Joins(string key, Half half)
    {
        var group = db.Groups.Single(g => g.Keeps == half);
        Assert.Null(group.Admit(people[key].Id, []));
        return this;
    }

    public Scene Knows(string key, Half half)
    {
        db.Exposures.Add(
            Exposure.FromBirth(Account.Id, half, Account.GenerationOf(half), people[key].Id, Now - TimeSpan.FromDays(1))
        );
        return this;
    }

    /// <summary>The one device that the account has.</summary>
    public MfaDevice Device() => db.MfaDevices.Single(d => d.Account == Account.Id);

    /// <summary>A second device, that nobody has vouched for yet.</summary>
    public MfaDevice Proposed(string by)
    {
        var device = MfaDevice.Expected(Account.Id, 2, "Spare", 0, people[by].Id, Now);
        device.GotIn(Now);
        db.MfaDevices.Add(device);
        return device;
    }

    /// <summary>A key under the seal S-1 that Dora keeps, in its place or out with somebody.</summary>
    public Scene WithKey(string? outWith = null)
    {
        var device = MfaDevice.Registered(Account.Id, -1, "Key", DeviceKind.SecurityKey, people["mona"].Id, Now);
        Assert.Null(device.Vouch(Standing("mike", Half.Mfa), Account, Now, out _));
        var key = HeldKey.Of(device, new KeyPlace("Safe 3", "S-1", people["dora"].Id));
        if (outWith is not null)
            key.Take(people[outWith].Id, RequestId.New(Now), Now);
        db.AddRange(device, key);
        return this;
    }

    // requests

    public Request Emergency(DateTimeOffset? at = null, TimeSpan? length = null, params IEnumerable<string> named) =>
        Asked(Ask(null, length, named), new Policy(), at ?? Now);

    public Request EmergencyOfOneGroup() => Asked(Ask(null), new Policy { OneGroupApproves = true }, Now);

    /// <summary>Starts in two days.</summary>
    public Request Planned(Policy? policy = null) =>
        Asked(Ask(Now + TimeSpan.FromDays(2)), policy ?? new Policy(), Now);

    public Request Rotation() => Added(Request.Rotation(Account, new Policy(), Now));

    /// <summary>They held the halves when the account got a new MFA device, and the password was shown.</summary>
    public Scene Sat(string password, string mfa)
    {
        var ceremony = Added(Request.MfaChange(Account, new Policy(), Now.AddHours(-3)));
        Shown(Open(ceremony, password, mfa), password, Half.Password);
        return this;
    }

    public Request Drill(string? by = null) =>
        Added(Request.Drill(Account, by is null ? null : people[by].Id, new Policy(), Now));

    public Request Approved(Request request, string by, Half half)
    {
        Assert.IsNotType<Approval.Refused>(request.Approve(Standing(by, half), request.AskedAt, request.Edits));
        return request;
    }

    public Request Approved(Request request, string password, string mfa) =>
        Approved(Approved(request, password, Half.Password), mfa, Half.Mfa);

    public Request Open(Request request, string password, string mfa)
    {
        Approved(request, password, mfa);
        var holders = new Dictionary<Half, Standing>
        {
            [Half.Password] = Standing(password, Half.Password),
            [Half.Mfa] = Standing(mfa, Half.Mfa),
        };
        Assert.IsType<Opening.Opened>(request.Open(holders, null, request.AskedAt));
        return request;
    }

    /// <summary>A handover whose halves go to these two; Petra and Mona have approved it.</summary>
    public Request OpenInHalves(string password, string codes)
    {
        var request = Asked(Ask(Now) with { Task = RootTask.HandOverInHalves }, new Policy(), Now);
        request.GiveTo(people[password].Id, people[codes].Id);
        Approved(request, "petra", "mona");
        var approvers = new Dictionary<Half, Standing>
        {
            [Half.Password] = Standing("petra", Half.Password),
            [Half.Mfa] = Standing("mona", Half.Mfa),
        };
        // contacts when it opened, whatever they are now
        var receivers = new Dictionary<Half, Standing>
        {
            [Half.Password] = new(people[password].Id, null, OfCustomer: true),
            [Half.Mfa] = new(people[codes].Id, null, OfCustomer: true),
        };
        Assert.IsType<Opening.Opened>(request.Open(approvers, null, Now, receivers));
        return request;
    }

    public Request Denied(Request request, string by, Half? half)
    {
        Assert.IsNotType<Denying.Refused>(request.Deny(Standing(by, half), "IAM can do it.", request.AskedAt));
        return request;
    }

    public Request HandedBack(Request request, string by, Half half)
    {
        Assert.IsType<HandingBack.Freed>(request.HandBack(Standing(by, half), request.AskedAt));
        return request;
    }

    public Request ApprovedByDuty(Request request, string by)
    {
        Assert.IsType<Endorsement.ByDutyManager>(request.Endorse(Standing(by, null), request.AskedAt));
        return request;
    }

    public Request Edited(Request request)
    {
        Assert.IsType<Editing.Edited>(request.Edit(Standing(Rita, null), Ask(null), new Policy(), request.AskedAt));
        return request;
    }

    public Request Shown(Request request, string to, Half half)
    {
        var shown = Exposure.Of(
            Account.Id,
            half,
            Account.GenerationOf(half),
            people[to].Id,
            request.Id,
            Now,
            Now + TimeSpan.FromMinutes(1)
        );
        shown.Conclude(RevealOutcome.Shown);
        db.Exposures.Add(shown);
        return request;
    }

    // the act

    public Act Type(string who, string words) => new Act.Types(who, words);

    public Act Press(string who, string action, Request request) => new Act.Presses(who, action, request.Id.ToString());

    public Act PressAt(Bot bot, string who, string action, Request request) =>
        new Act.Presses(who, action, request.Id.ToString(), bot);

    public Act Press(string who, string action, string subject) => new Act.Presses(who, action, subject);

    public Act Press(string who, string action, MfaDevice device) =>
        new Act.Presses(who, action, device.Id.ToString(), Bot.Mfa);

    /// <summary>Opens the form behind a button, fills it in and sends it.</summary>
    public Act Send(string who, string action, Request request, params (string Label, string Value)[] inputs) =>
        new Act.Sends(who, action, request.Id.ToString(), inputs[0].Label, inputs);

    /// <param name="form">Words on the form, which has nothing to fill in.</param>
    public Act Send(string who, string action, Request request, string form) =>
        new Act.Sends(who, action, request.Id.ToString(), form, []);

    /// <summary>Types what opens a form, fills it in and sends it.</summary>
    public Act Send(string who, string words, params (string Label, string Value)[] inputs) =>
        new Act.Sends(who, words, null, inputs[0].Label, inputs);

    /// <summary>The same at the MFA courier, proven with the step-up code.</summary>
    public Act SendToMfa(string who, string words, params (string Label, string Value)[] inputs) =>
        new Act.Sends(who, words, null, inputs[0].Label, [.. inputs, (Play.CodeLabel, Act.StepUp)], Bot.Mfa);

    public Act Reveal(string who, Request request) => new Act.Reveals(who, request.Id.ToString());

    private Ask Ask(DateTimeOffset? start, TimeSpan? length = null, params IEnumerable<string> named) =>
        new(
            Account.Id,
            RootTask.Find("lock-out")!,
            "All administrators are locked out.",
            null,
            start,
            length ?? new Policy().Window,
            [.. named.Select(key => people[key].Id)]
        );

    private Request Asked(Ask ask, Policy policy, DateTimeOffset at) =>
        Added(Request.Of(ask, Account, people[Rita].Id, policy, at));

    private Request Added(Request request)
    {
        db.Requests.Add(request);
        return request;
    }

    private Standing Standing(string key, Half? half) =>
        new(people[key].Id, half, IsDutyManager: half is null, OfCustomer: people[key].Customer == Customer);
}

/// <summary>One thing that a person does in chat.</summary>
internal abstract record Act(string Who)
{
    /// <summary>In an input: what the person's own authenticator shows when it is sent.</summary>
    public const string StepUp = "(step-up)";

    internal sealed record Types(string Who, string Words) : Act(Who);

    internal sealed record Presses(string Who, string Action, string Subject, Bot Bot = Bot.Desk) : Act(Who);

    /// <param name="Subject">Null if the form is opened by a word.</param>
    /// <param name="Form">Words by which the form is known.</param>
    internal sealed record Sends(
        string Who,
        string Action,
        string? Subject,
        string Form,
        IReadOnlyList<(string Label, string Value)> Inputs,
        Bot Bot = Bot.Desk
    ) : Act(Who);

    /// <summary>Presses Reveal at the password courier and proves with the step-up code.</summary>
    internal sealed record Reveals(string Who, string Subject) : Act(Who);
}
