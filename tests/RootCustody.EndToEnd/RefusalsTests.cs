using System.Globalization;
using OtpNet;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;
using RootCustody.Requests;

namespace RootCustody.EndToEnd;

/// <summary>Every reason for a refusal, brought about and then read by the one who is refused, on both platforms.</summary>
public sealed class RefusalsTests(RepeatedPlay repeated) : IClassFixture<RepeatedPlay>
{
    private const string Rita = "rita";
    private const string Paul = "paul";
    private const string Petra = "petra";
    private const string Mona = "mona";
    private const string Dora = "dora";
    private const string Olaf = "olaf";

    private const string Code = "ABCDE-FGHJK-LMNPQ-RSTUV";

    private static readonly (string, string) Reason = ("Reason", "It has to be.");
    private static readonly (string, string) Why = ("Why", "All administrators are locked out.");
    private static readonly (string, string) Log = ("Work log", "Gave the administrator role back.");

    private static readonly (string, string) AccountNumber = ("Number of the AWS account", Playground.Cast.Account);

    private static readonly byte[] Seed = [.. Enumerable.Range(101, 20).Select(i => (byte)i)];

    private static readonly (string, string) KeyName = ("Name of the device", "Key");
    private static readonly (string, string) IsBack = ("Is the key back?", "It is back in its place, sealed");

    private static readonly (string, string) LockedOut = (
        "What only root can do",
        "Restore permissions of a locked-out administrator"
    );

    private static readonly Dictionary<Refusal, Func<Scene, Act>> Scenes = new()
    {
        // approving
        [Refusal.AlreadyDecided] = s => s.Press(Paul, Actions.Approve, s.Approved(s.Planned(), Petra, Mona)),
        [Refusal.TooLate] = s => s.Press(Paul, Actions.Approve, s.Emergency(at: s.Now.AddHours(-1))),
        [Refusal.ClockBehind] = s => s.Press(Paul, Actions.Approve, s.Emergency(at: s.Now.AddHours(1))),
        [Refusal.WaitsForContact] = s =>
            s.Press(Paul, Actions.Approve, s.Planned(new Policy { CustomerApprover = true })),
        [Refusal.YouDenied] = s => s.Press(Paul, Actions.Approve, s.Denied(s.Emergency(), Paul, Half.Password)),
        [Refusal.YouSteppedBack] = s =>
            s.Press(
                Paul,
                Actions.Approve,
                s.HandedBack(s.Approved(s.Emergency(), Paul, Half.Password), Paul, Half.Password)
            ),
        [Refusal.YouApproved] = s => s.Press(Paul, Actions.Approve, s.Approved(s.Emergency(), Paul, Half.Password)),
        [Refusal.AlreadyTaken] = s => s.Press(Paul, Actions.Approve, s.Approved(s.Emergency(), Petra, Half.Password)),
        [Refusal.GroupNotAsked] = s => s.WithoutMfa().Press(Mona, Actions.Approve, s.EmergencyOfOneGroup()),
        [Refusal.Edited] = s => s.Press(Paul, Actions.Approve, $"{s.Edited(s.Emergency()).Id}.0"),

        // holding
        [Refusal.Suspended] = s => s.With(Paul, p => p.Suspend()).Type(Paul, "status"),
        [Refusal.Frozen] = s => s.With(Paul, p => p.Freeze(s.Now)).Type(Paul, "status"),
        [Refusal.NamedAsDanger] = s => s.Press(Paul, Actions.Approve, s.Emergency(named: [Paul])),
        [Refusal.OwnRequest] = s => s.Press(Paul, Actions.Approve, s.Drill(by: Paul)),
        [Refusal.ApprovedAsDuty] = s =>
            s.Press(Paul, Actions.Approve, s.ApprovedByDuty(s.Planned(new Policy { DutyTasks = "lock-out" }), Paul)),
        [Refusal.NotOfProvider] = s => s.Joins(Rita, Half.Password).Press(Rita, Actions.Approve, s.Drill()),
        [Refusal.NotACustodian] = s => s.Press(Dora, Actions.Approve, s.Emergency()),
        [Refusal.ApprovedTheOtherHalf] = s => s.Press(Paul, Actions.Approve, s.Approved(s.Emergency(), Paul, Half.Mfa)),
        [Refusal.HasSeenTheOtherHalf] = s => s.Knows(Paul, Half.Mfa).Press(Paul, Actions.Approve, s.Emergency()),
        [Refusal.OpensTheOtherHalf] = s =>
            s.Keeps(Paul, KeptThing.RootPhone).Press(Paul, Actions.Approve, s.Emergency()),
        [Refusal.ConflictOfInterest] = s =>
            s.Set(nameof(Policy.BarAssigned), "true")
                .With(Paul, p => p.Assign(s.Customer))
                .Press(Paul, Actions.Approve, s.Emergency()),
        [Refusal.Administers] = s =>
            s.With(Paul, p => p.Appoint(PersonRole.Administrator)).Press(Paul, Actions.Approve, s.Emergency()),
        [Refusal.CoolsOff] = s => s.Cools(TimeSpan.FromHours(24)).Press(Paul, Actions.Approve, s.Emergency()),
        [Refusal.Away] = s =>
            s.With(Paul, p => p.GoAway(s.Now.AddHours(1))).Press(Paul, Actions.Approve, s.Emergency()),

        // the other steps of a request
        [Refusal.NotYoursToDeny] = s => s.Send(Paul, Actions.Deny, s.Rotation(), Reason),
        [Refusal.NotYoursToEndorse] = s => s.Press(Paul, Actions.Endorse, s.Emergency()),
        [Refusal.NotEdited] = s => s.Press(Rita, Actions.Edit, s.Handover()),
        [Refusal.NotYoursToEdit] = s => s.Press(Paul, Actions.Edit, s.Emergency()),
        [Refusal.NotYoursToEnd] = s => s.Send(Paul, Actions.Revoke, s.Emergency(), Reason),
        [Refusal.AlreadyOver] = s => s.Send(Paul, Actions.Revoke, s.Denied(s.Emergency(), Dora, null), Reason),
        [Refusal.NotTheHolder] = s => s.Send(Paul, Actions.HandBack, s.Emergency(), Reason),
        [Refusal.NotADutyManager] = s =>
            s.Send(
                Paul,
                Actions.Replace,
                s.Approved(s.Emergency(), Petra, Half.Password),
                ("Whose half", "The password half"),
                Reason
            ),
        [Refusal.NobodyHoldsIt] = s =>
            s.Send(Dora, Actions.Replace, s.Emergency(), ("Whose half", "The password half"), Reason),
        [Refusal.NamesNobody] = s => s.Send(Dora, Actions.Bar, s.Emergency(), form: "can do nothing in RootCustody"),
        [Refusal.NotOpenYet] = s => s.Send(Paul, Actions.Done, s.Approved(s.Planned(), Paul, Mona), Log),
        [Refusal.NotBothInHand] = s => s.Send(Paul, Actions.Done, s.Open(s.Emergency(), Paul, Mona), Log),
        [Refusal.WindowOver] = s =>
            s.Send(Paul, Actions.Extend, s.Open(s.Emergency(at: s.Now.AddHours(-2)), Paul, Mona), Why),
        [Refusal.NotYoursToExtend] = s => s.Send(Paul, Actions.Extend, s.Open(s.Emergency(), Petra, Mona), Why),
        [Refusal.LongEnough] = s =>
            s.Send(Paul, Actions.Extend, s.Open(s.Emergency(length: new Policy().LongestWindow), Paul, Mona), Why),

        // rotations
        [Refusal.EndsByRotating] = s => s.Send(Paul, Actions.Done, s.Open(s.Rotation(), Paul, Mona), Log),
        [Refusal.NotARotation] = s => s.Press(Paul, Actions.Rotated, s.Open(s.Emergency(), Paul, Mona)),
        [Refusal.SatInMfaChange] = s => s.Sat(Paul, Mona).Press(Paul, Actions.Approve, s.Rotation()),
        [Refusal.NewPasswordNotShown] = s => s.Press(Paul, Actions.Rotated, s.Open(s.Rotation(), Paul, Mona)),

        // reveals
        [Refusal.TooManyReveals] = s =>
            s.Set(nameof(Policy.PasswordReveals), "1")
                .Reveal(Paul, s.Shown(s.Open(s.Emergency(), Paul, Mona), Paul, Half.Password)),
        [Refusal.TooSlow] = s =>
            s.Set(nameof(Policy.PasswordOnScreen), "00:00:00.0000001")
                .Slow(TimeSpan.FromTicks(1))
                .Reveal(Paul, s.Open(s.Emergency(), Paul, Mona)),

        // handovers in two halves
        [Refusal.GoesToContact] = s => s.PressAt(Bot.Password, Paul, Actions.Reveal, s.OpenInHalves(Rita, Olaf)),
        [Refusal.ApprovalLacks] = s =>
            s.PressAt(
                Bot.Password,
                Rita,
                Actions.Reveal,
                s.HandedBack(s.OpenInHalves(Rita, Olaf), Petra, Half.Password)
            ),
        [Refusal.ReceivesNoHalf] = s => s.PressAt(Bot.Password, Dora, Actions.Reveal, s.OpenInHalves(Dora, Olaf)),

        // linking
        [Refusal.WrongInvitation] = s => s.Type(Paul, $"link {Code}"),
        [Refusal.LinkedAlready] = s => s.Invited(Paul, Code).Type(Paul, $"link {Code}"),
        [Refusal.LinkedToAnother] = s => s.Invited(Petra, Code).Type(Paul, $"link {Code}"),
        [Refusal.StillBars] = s => s.Knows(Paul, Half.Mfa).Unlinked().Invited(Petra, Code).Type(Paul, $"link {Code}"),

        // MFA devices
        [Refusal.NotProposed] = s => s.Press(Mona, Actions.Vouch, s.Device()),
        [Refusal.ProposedItYourself] = s => s.Press(Mona, Actions.Vouch, s.Proposed(by: Mona)),
        [Refusal.LastDevice] = s =>
            s.SendToMfa(Mona, Actions.Retire, AccountNumber, ("Name of the device", "Authenticator")),
        [Refusal.BringsNoDevice] = s =>
            s.SendToMfa(
                Paul,
                Actions.Device,
                AccountNumber,
                ("Name of the device", "Spare"),
                ("Seed", Base32Encoding.ToString(Seed)),
                ("A code of this device", new Totp(Seed).ComputeTotp(s.Now.AddSeconds(-30).UtcDateTime)),
                ("The next code of this device", new Totp(Seed).ComputeTotp(s.Now.UtcDateTime))
            ),

        [Refusal.HasNoMfa] = s =>
            s.WithoutMfa()
                .SendToMfa(
                    Mona,
                    Actions.Device,
                    AccountNumber,
                    ("Name of the device", "Spare"),
                    ("Seed", Base32Encoding.ToString(Seed)),
                    ("A code of this device", new Totp(Seed).ComputeTotp(s.Now.AddSeconds(-30).UtcDateTime)),
                    ("The next code of this device", new Totp(Seed).ComputeTotp(s.Now.UtcDateTime))
                ),

        // keys that the group keeps itself
        [Refusal.KeepsNoKey] = s =>
            s.SendToMfa(
                Mona,
                Actions.Key,
                AccountNumber,
                KeyName,
                ("Kind", "security key or passkey"),
                ("Its place", "Safe 3"),
                ("Number of its seal", "S-1"),
                ("Its keeper", Paul)
            ),
        [Refusal.KeyIsBack] = s =>
            s.WithKey().SendToMfa(Mona, Actions.Sealed, AccountNumber, KeyName, IsBack, NewSeal("S-2")),
        [Refusal.NotYourKey] = s =>
            s.WithKey(outWith: Dora).SendToMfa(Mona, Actions.Sealed, AccountNumber, KeyName, IsBack, NewSeal("S-2")),
        [Refusal.SealUsed] = s =>
            s.WithKey(outWith: Mona).SendToMfa(Mona, Actions.Sealed, AccountNumber, KeyName, IsBack, NewSeal("S-1")),
        [Refusal.NotYoursToReport] = s =>
            s.WithKey().SendToMfa(Paul, Actions.Broken, AccountNumber, KeyName, ("What was found", "It was cut.")),

        // asking
        [Refusal.NotYourAccount] = s => s.Send(Rita, "request", ("Account", s.Others.Id.ToString()), LockedOut, Why),
        [Refusal.NobodyCanHold] = s =>
            s.With(Paul, p => p.Suspend()).With(Petra, p => p.Suspend()).Send(Rita, "request", LockedOut, Why),
        [Refusal.NoSecondContact] = s =>
            s.Set(nameof(Policy.CustomerApprover), "true")
                .Send(
                    Rita,
                    "request",
                    LockedOut,
                    Why,
                    ("Why it takes root", "No other administrator is left."),
                    ("How urgent", "Planned: at the start below"),
                    ("Start", s.Now.AddDays(2).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))
                ),
        [Refusal.AccountClosed] = s => s.Closes().Type(Dora, $"drill {Playground.Cast.Account}"),
        [Refusal.HandedOver] = s => s.HandsOver().Type(Dora, $"drill {Playground.Cast.Account}"),
        [Refusal.CustomerSuspended] = s => s.SuspendsCustomer().Send(Rita, "request", LockedOut, Why),
        [Refusal.BeingOnboarded] = s =>
            s.Onboards()
                .Send(
                    Rita,
                    "request",
                    LockedOut,
                    Why,
                    ("Why it takes root", "No other administrator is left."),
                    ("How urgent", "Planned: at the start below"),
                    ("Start", s.Now.AddDays(2).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))
                ),
        [Refusal.NothingInCustody] = s => s.Type(Dora, $"drill {s.Others.Number}"),
        [Refusal.NotDrilledByYou] = s => s.Type(Paul, $"drill {Playground.Cast.Account}"),
    };

    public static MatrixTheoryData<Refusal, ChatPlatform> OnBothPlatforms =>
        new(Enum.GetValues<Refusal>(), Enum.GetValues<ChatPlatform>());

    [Fact]
    public void Every_reason_for_a_refusal_has_its_scene()
    {
        Assert.Equal(Enum.GetValues<Refusal>(), Scenes.Keys.Order());
    }

    [Fact]
    public void No_sentence_can_be_taken_for_another()
    {
        string[] sentences = [.. Enum.GetValues<Refusal>().Select(Sentences.For)];

        Assert.All(sentences, one => Assert.Single(sentences, other => other.Contains(one, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(OnBothPlatforms))]
    public async Task Whoever_is_refused_reads_why(Refusal why, ChatPlatform platform)
    {
        var sentence = Sentences.For(why);
        var (seat, act) = await BeginAsync(why, platform);

        var seen = await seat.SeeAsync(act, sentence);

        Assert.Contains(sentence, seen, StringComparison.Ordinal);
    }

    /// <summary>The one who acts has an identity of their own for each scene, so that nothing on their screen is left from another.</summary>
    private async Task<(Seat Seat, Act Act)> BeginAsync(Refusal why, ChatPlatform platform)
    {
        await repeated.BeginAsync();
        return await repeated.Play.InDbAsync(db =>
            db.DecideAsync(
                async () =>
                {
                    var scene = await Scene.OfAsync(db, repeated.Play.Clock);
                    var act = Scenes[why](scene);
                    var seat = SeatOf(act.Who, (int)why, platform);
                    await scene.SeatAsync(act.Who, seat.Identity);
                    return (seat, act);
                },
                CancellationToken.None
            )
        );
    }

    private static (string, string) NewSeal(string number) => ("Number of the new seal", number);

    private Seat SeatOf(string who, int number, ChatPlatform platform)
    {
        var workspace = who == Rita ? FakeSlackPlatform.Customer : FakeSlackPlatform.Provider;
        return platform == ChatPlatform.Slack
            ? new InSlack(repeated.Play, new SlackPerson(who, workspace, $"U0{who}{number}".ToUpperInvariant()))
            : new InTeams(repeated.Play, new TeamsPerson(who, $"30000000-0000-4000-8000-{number:000000000000}"));
    }
}
