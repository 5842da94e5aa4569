using CsCheck;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data.Databases;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Tests.Couriers.MfaCodes;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Laws;

/// <summary>Law 1 where the MFA half is a key that goes from hand to hand, played by clicks on the real use cases.</summary>
public sealed class HeldKeyLawTests
{
    private static readonly string[] People = [Stage.Paul, Stage.Petra, Stage.Mona, Stage.Mike, Stage.Dora];

    private enum Act
    {
        Reveal,
        Enter,
        Move,
        Vouch,
        Retire,
        Return,
        Regroup,
        Ask,
    }

    private static readonly Gen<(Act Act, int Who, int How)[]> Histories = Gen.Select(
        Gen.Frequency(
            (4, Gen.Const(Act.Reveal)),
            (1, Gen.Const(Act.Enter)),
            (2, Gen.Const(Act.Move)),
            (3, Gen.Const(Act.Vouch)),
            (1, Gen.Const(Act.Retire)),
            (1, Gen.Const(Act.Return)),
            (3, Gen.Const(Act.Regroup)),
            (2, Gen.Const(Act.Ask))
        ),
        Gen.Int[0, 4],
        Gen.Int[0, 3]
    ).Array[8, 24];

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Nobody_has_both_a_living_key_in_hand_and_a_living_password_however_it_goes_round()
    {
        var (keys, passwords, histories) = (0, 0, EachDatabase.Wanted == DatabaseProvider.Sqlite ? 60 : 12);
        await Histories.SampleAsync(
            async acts =>
            {
                await using var stage = await Stage.SetAsync(new Policy { PasswordReveals = 100 });
                await stage.OnlyKeyAsync();
                var hands = new List<Hand>();
                foreach (var (act, who, how) in acts)
                    await PlayAsync(stage, hands, act, People[who], how);
                await HoldsAsync(stage, hands);
                Interlocked.Add(ref keys, hands.Count(h => h.Half == Half.Mfa));
                Interlocked.Add(ref passwords, hands.Count(h => h.Half == Half.Password));
            },
            iter: histories
        );
        Assert.True(
            keys > histories / 12 && passwords > histories / 12,
            $"{keys} keys and {passwords} passwords: the histories reach too little."
        );
    }

    /// <summary>What a screen showed, or a hand had: kept by the test itself.</summary>
    private sealed record Hand(string Who, Half Half, int Generation);

    private static async Task PlayAsync(Stage stage, List<Hand> hands, Act act, string who, int how)
    {
        stage.NextCode();
        switch (act)
        {
            case Act.Reveal:
                await RevealAsync(stage, hands, how);
                break;
            case Act.Enter:
                await stage.RegisterAsync(who, $"Key {how}", keeper: People[(how + 2) % People.Length]);
                break;
            case Act.Move:
                await stage.MoveKeyAsync(who, $"Safe {how}", $"S-{how}", People[how]);
                break;
            case Act.Vouch:
                await VouchAsync(stage, hands, who, how);
                break;
            case Act.Retire:
                await stage.ClickAsync(
                    who,
                    Actions.Retire,
                    bot: Bot.Mfa,
                    submits: true,
                    inputs: [("account", Keys.Number), ("label", Keys.Label), ("code", stage.CodeOf(who))]
                );
                break;
            case Act.Return:
                await stage.ReturnAsync(who, $"N-{how}");
                break;
            case Act.Regroup:
                await RegroupAsync(stage, who, how);
                break;
            case Act.Ask:
                await AskAsync(stage, how);
                break;
        }
    }

    /// <summary>Whoever could, answers whatever is proposed, with the right seal.</summary>
    private static async Task VouchAsync(Stage stage, List<Hand> hands, string who, int how)
    {
        var waiting = await stage.InDbAsync(async db =>
            (await db.MfaDevices.OrderBy(d => d.Generation).ToListAsync()).FindAll(d => d.IsProposedAt(db.Now))
        );
        if (waiting.Count == 0)
            return;
        var device = waiting[how % waiting.Count];
        var page = await stage.InDbAsync(db => db.HeldKeys.SingleOrDefaultAsync(k => k.Device == device.Id));
        var reply = await stage.ClickAsync(
            who,
            Actions.Vouch,
            device.Id.ToString(),
            Bot.Mfa,
            submits: true,
            inputs:
            [
                ("seal", device.State == DeviceState.Moving ? page?.NewSeal ?? "" : page?.Seal ?? ""),
                ("code", stage.CodeOf(who)),
            ]
        );
        if (device.State == DeviceState.Leaving || !IsDone(reply))
            return;
        var keeper = stage.People.Single(p => p.Value == (page!.NewKeeper ?? page.Keeper)).Key;
        var by = stage.People.Single(p => p.Value == device.ProposedBy).Key;
        hands.AddRange(((string[])[who, keeper, by]).Select(h => new Hand(h, Half.Mfa, device.Generation)));
    }

    private static bool IsDone(Reply reply) =>
        reply is Reply.Said said && said.Text.Contains("holders are told", StringComparison.Ordinal);

    private static async Task RevealAsync(Stage stage, List<Hand> hands, int how)
    {
        var open = await stage.InDbAsync(db => db.Requests.FirstOrDefaultAsync(r => r.State == RequestState.Open));
        var half = how % 2 == 0 ? Half.Password : Half.Mfa;
        if (open?.ApproverOf(half) is not { } id)
            return;
        var (who, screen) = (stage.People.Single(p => p.Value == id).Key, new Screen());
        await stage.RevealAsync(who, open.Id, half, screen);
        if (screen.Lines.Count == 0)
            return;
        var last = await stage.InDbAsync(db =>
            db.Exposures.Where(e => e.Request == open.Id && e.Half == half && e.Person == id)
                .OrderByDescending(e => e.At)
                .FirstAsync()
        );
        hands.Add(new Hand(who, half, last.Generation));
    }

    private static async Task AskAsync(Stage stage, int how)
    {
        if (await stage.InDbAsync(db => db.Requests.AnyAsync(r => r.State == RequestState.Open)))
        {
            stage.Clock.Advance(TimeSpan.FromHours(1));
            await stage.RunAsync<RootCustody.Desk.Requests.CloseRequestsJob>(job =>
                job.RunAsync(CancellationToken.None)
            );
        }
        await stage.SubmitAskAsync("30");
        var id = await stage.InDbAsync(db =>
            db.Requests.OrderByDescending(r => r.AskedAt).Select(r => r.Id).FirstOrDefaultAsync()
        );
        foreach (var who in how % 2 == 0 ? People : People.Reverse())
            await stage.ClickAsync(who, Actions.Approve, id.ToString());
    }

    /// <summary>Out of every group and into this one.</summary>
    private static Task RegroupAsync(Stage stage, string who, int how) =>
        stage.DecideAsync(async db =>
        {
            var groups = await db.Groups.Include(g => g.Members).OrderBy(g => g.Key).ToListAsync();
            foreach (var group in groups)
                group.Dismiss(stage.People[who]);
            groups[how % 2].Admit(stage.People[who], [groups[1 - (how % 2)]]);
        });

    /// <summary>Told anew, without the rules: who had a key in hand and saw a password, did so after others had said that the key is gone.</summary>
    private static async Task HoldsAsync(Stage stage, List<Hand> hands)
    {
        var retirements = await stage.InDbAsync(db => db.Retirements.ToListAsync());
        foreach (var person in hands.GroupBy(h => h.Who))
        {
            var id = stage.People[person.Key];
            var keys = person.Where(h => h.Half == Half.Mfa && h.Generation < 0 && !IsGone(h.Generation)).ToList();
            Assert.False(
                keys.Count > 0 && person.Any(h => h.Half == Half.Password),
                $"{person.Key} had the key {keys.FirstOrDefault()?.Generation} in hand and saw the password."
            );

            bool IsGone(int generation) =>
                retirements.Exists(r =>
                    r.From == generation && r.Through == generation && r.AttestedBy != id && r.AndBy != id
                );
        }
        var exposed = await stage.InDbAsync(db =>
            db.Exposures.Where(e => e.Outcome != RevealOutcome.NotShown).ToListAsync()
        );
        Assert.All(
            hands,
            hand =>
                Assert.Contains(
                    exposed,
                    e => e.Person == stage.People[hand.Who] && e.Half == hand.Half && e.Generation == hand.Generation
                )
        );
    }
}
