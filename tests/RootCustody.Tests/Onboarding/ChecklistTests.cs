using CsCheck;
using RootCustody.Accounts;
using RootCustody.Onboarding;
using RootCustody.People;
using RootCustody.Posture;

namespace RootCustody.Tests.Onboarding;

/// <summary>When is an account in custody?</summary>
public sealed class ChecklistTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Since = Noon.AddDays(-2);
    private static readonly PersonId Paul = PersonId.New(Noon);
    private static readonly PersonId Mona = PersonId.New(Noon.AddSeconds(1));

    [Fact]
    public void With_everything_proven_it_is_complete_and_nothing_is_waived()
    {
        var list = Checklist.Of(Good());

        Assert.All(list.Lines, l => Assert.Equal(ItemState.Proven, l.State));
        Assert.Equal(OnboardingItems.OfRoot, list.Lines.Select(l => l.Item));
        Assert.True(list.IsComplete);
    }

    /// <summary>What is one step short of proof, for each item, and the state that it has to have.</summary>
    private static readonly Dictionary<
        OnboardingItem,
        (Func<OnboardingFacts, OnboardingFacts> Lacking, ItemState State)[]
    > Short = new()
    {
        [OnboardingItem.RootEmail] = [(f => Judged(f, Practice.Alias, PracticeState.Deviates), ItemState.Open)],
        [OnboardingItem.Keepers] =
        [
            (f => f with { Kept = [KeptThing.RootMailbox] }, ItemState.Open),
            (f => f with { Kept = [KeptThing.RootPhone] }, ItemState.Open),
        ],
        [OnboardingItem.Password] =
        [
            (f => f with { Rotated = null }, ItemState.Open),
            (f => f with { Rotated = Since.AddTicks(-1) }, ItemState.Open),
            (f => f with { Account = AccountOf(a => a.Owe(new Policy(), Noon)) }, ItemState.Open),
        ],
        [OnboardingItem.Mfa] =
        [
            (f => Judged(f, Practice.MfaRegistered, PracticeState.Unknown), ItemState.Open),
            (f => Report(f, Since.AddTicks(-1), Mona), ItemState.Open),
            (f => Report(f, Noon, null), ItemState.NeedsSecond),
        ],
        [OnboardingItem.NoAccessKeys] =
        [
            (f => Judged(f, Practice.NoAccessKeys, PracticeState.Deviates), ItemState.Open),
            (f => Report(f, Noon, null), ItemState.NeedsSecond),
        ],
        [OnboardingItem.NoCertificates] =
        [
            (f => Judged(f, Practice.NoCertificates, PracticeState.Stale), ItemState.Open),
            (f => f with { Evidence = [] }, ItemState.Open),
        ],
        [OnboardingItem.Contacts] =
        [
            (f => Judged(f, Practice.Contacts, PracticeState.Deviates), ItemState.Open),
            (f => f with { Findings = [] }, ItemState.Open),
        ],
        [OnboardingItem.NoSecurityQuestions] = Words(OnboardingItem.NoSecurityQuestions),
        [OnboardingItem.Organisation] = Words(OnboardingItem.Organisation),
        [OnboardingItem.OtherWay] = Words(OnboardingItem.OtherWay),
        [OnboardingItem.CustomerTold] = Words(OnboardingItem.CustomerTold),
        [OnboardingItem.Staffed] = [(f => Judged(f, Practice.Staffed, PracticeState.Deviates), ItemState.Open)],
    };

    public static TheoryData<OnboardingItem, int> Lacks =>
        [.. Short.SelectMany(s => s.Value.Select((_, at) => (s.Key, at)))];

    [Theory]
    [MemberData(nameof(Lacks))]
    public void Each_item_needs_its_own_proof_and_can_be_waived_by_two(OnboardingItem item, int at)
    {
        var (lacking, state) = Short[item][at];
        var facts = lacking(Good());

        Assert.Equal(state, StateOf(facts, item));
        Assert.False(Checklist.Of(facts).IsComplete);
        var asked = With(facts, Said(item, waives: true, null));
        Assert.Equal(ItemState.NeedsSecond, StateOf(asked, item));
        Assert.False(Checklist.Of(asked).IsComplete);
        Assert.Equal(ItemState.Waived, StateOf(With(facts, Said(item, waives: true, Mona)), item));
    }

    [Fact]
    public void What_is_proven_needs_no_waiver_and_what_was_said_before_it_began_does_not_count()
    {
        var waived = Said(OnboardingItem.RootEmail, waives: true, Mona);
        Assert.Equal(ItemState.Proven, StateOf(With(Good(), waived), OnboardingItem.RootEmail));

        var old = Said(OnboardingItem.OtherWay, waives: true, Mona, Since.AddTicks(-1));
        Assert.Equal(ItemState.Open, StateOf(With(Good(), old), OnboardingItem.OtherWay));
    }

    [Fact]
    public void Nobody_waives_the_halves_away()
    {
        var waived = OnboardingItems.OfRoot.Select(i => Said(i, waives: true, Mona)).ToList();
        var empty = Account.Of("111122223333", "Shop", "root@shop.example", default, default, default, Noon);

        var list = Checklist.Of(new OnboardingFacts(empty, Since, Noon) { Words = waived });

        Assert.Equal(OnboardingItems.OfRoot.Count, list.Settled);
        Assert.False(list.IsComplete);
    }

    [Fact]
    public void Whatever_is_missing_it_is_complete_only_if_each_item_is_proven_or_waived_by_two()
    {
        var lacks = Short.SelectMany(s => s.Value.Select(v => (s.Key, v.Lacking))).ToArray();
        Gen.Select(Gen.Int[0, lacks.Length - 1].Array[0, 3], Gen.Int[1, 12].Array[0, 3], Gen.Bool)
            .Sample(
                (lacking, waived, second) =>
                {
                    var facts = lacking.Aggregate(Good(), (f, at) => lacks[at].Lacking(f));
                    facts = waived.Aggregate(
                        facts,
                        (f, item) => With(f, Said((OnboardingItem)item, waives: true, second ? Mona : null))
                    );
                    var list = Checklist.Of(facts);

                    var unsettled = list.Lines.Where(l => l.State is ItemState.Open or ItemState.NeedsSecond).ToList();
                    Assert.Equal(unsettled.Count == 0, list.IsComplete);
                    Assert.All(
                        list.Lines.Where(l => l.State == ItemState.Waived),
                        l => Assert.True(second && waived.Contains((int)l.Item))
                    );
                    Assert.All(
                        unsettled,
                        l => Assert.False(second && waived.Contains((int)l.Item), $"{l.Item} was waived by two")
                    );
                }
            );
    }

    [Fact]
    public void The_second_word_is_of_another_who_keeps_the_account_or_watches_over_it()
    {
        var word = Said(OnboardingItem.OtherWay, waives: false, null);
        var mona = Person.Of("mona", "Mona", null, false, Noon);
        var contact = Person.Of("rita", "Rita", CustomerId.New(Noon), false, Noon);
        var paul = Person.Of("paul", "Paul", null, false, Noon);
        word.Say(false, "By roles of the landing zone.", paul.Id, Noon);

        Assert.Equal(EvidenceRefusal.BroughtItYourself, word.WhyNotConfirm(paul, keeps: true));
        Assert.Equal(EvidenceRefusal.NotYours, word.WhyNotConfirm(contact, keeps: true));
        Assert.Equal(EvidenceRefusal.NotYours, word.WhyNotConfirm(mona, keeps: false));
        Assert.Null(word.WhyNotConfirm(mona, keeps: true));
        word.Confirm(mona.Id, Noon);
        Assert.Equal(EvidenceRefusal.Confirmed, word.WhyNotConfirm(mona, keeps: true));
        word.Say(false, "By other roles.", mona.Id, Noon.AddMinutes(1));
        Assert.Null(word.ConfirmedBy);
    }

    [Fact]
    public void Every_item_says_what_it_is_and_what_to_do_as_short_as_a_form_takes_it()
    {
        Assert.All(OnboardingItems.All, i => Assert.InRange($"Waive: {i.Word()}".Length, 10, 75));
        Assert.All(OnboardingItems.All, i => Assert.InRange(i.ToDo().Length, 20, 500));
        Assert.Equal(OnboardingItems.All.Count, OnboardingItems.All.Select(i => i.Word()).Distinct().Count());
    }

    private static ItemState StateOf(OnboardingFacts facts, OnboardingItem item) =>
        Checklist.Of(facts).Lines.Single(l => l.Item == item).State;

    private static OnboardingFacts With(OnboardingFacts facts, OnboardingWord word) =>
        facts with
        {
            Words = [.. facts.Words.Where(w => w.Item != word.Item), word],
        };

    private static (Func<OnboardingFacts, OnboardingFacts>, ItemState)[] Words(OnboardingItem item) =>
        [
            (f => f with { Words = [.. f.Words.Where(w => w.Item != item)] }, ItemState.Open),
            (f => With(f, Said(item, waives: false, null)), ItemState.NeedsSecond),
        ];

    private static OnboardingWord Said(
        OnboardingItem item,
        bool waives,
        PersonId? confirmedBy,
        DateTimeOffset? at = null
    )
    {
        var word = OnboardingWord.Of(default, item);
        word.Say(waives, "Seen with my own eyes.", Paul, at ?? Noon);
        if (confirmedBy is { } other)
            word.Confirm(other, Noon);
        return word;
    }

    private static OnboardingFacts Judged(OnboardingFacts facts, Practice practice, PracticeState state) =>
        facts with
        {
            Findings = [.. facts.Findings.Where(f => f.Practice != practice), FindingOf(practice, state)],
        };

    private static OnboardingFacts Report(OnboardingFacts facts, DateTimeOffset at, PersonId? confirmedBy) =>
        facts with
        {
            Evidence =
            [
                .. facts.Evidence.Where(e => e.Source != EvidenceSource.CredentialReport),
                EvidenceOf(EvidenceSource.CredentialReport, at, confirmedBy),
            ],
        };

    private static Finding FindingOf(Practice practice, PracticeState state)
    {
        var finding = Finding.Of(default, practice, Noon);
        finding.Take(new Judgement(practice, state, "As it was found."), default, default, Noon);
        return finding;
    }

    private static Evidence EvidenceOf(EvidenceSource source, DateTimeOffset at, PersonId? confirmedBy)
    {
        var evidence = Evidence.Of(default, source);
        evidence.Bring("", at, Paul, Noon);
        if (confirmedBy is { } other)
            evidence.Confirm(other, Noon);
        return evidence;
    }

    [Fact]
    public void Of_an_IAM_user_no_mailbox_report_or_contact_is_asked()
    {
        var user = Account.Of("111122223333/deploy", "Deployer", "", default, default, default, Noon);
        user.TakePassword(1, new Policy(), Noon);
        user.TakeDevice(1);

        var bare = Checklist.Of(new OnboardingFacts(user, Since, Noon));
        var complete = Checklist.Of(Good() with { Account = user });

        Assert.Equal(OnboardingItems.OfUser, bare.Lines.Select(l => l.Item));
        Assert.All(bare.Lines, l => Assert.Equal(ItemState.Open, l.State));
        Assert.True(complete.IsComplete);
        Assert.Equal(
            [OnboardingItem.UserMfa, OnboardingItem.NoUserMfa],
            OnboardingItems.All.Except(OnboardingItems.OfRoot)
        );
    }

    private static Account AccountOf(Action<Account> then)
    {
        var account = Account.Of("111122223333", "Shop", "root@shop.example", default, default, default, Noon);
        account.TakePassword(1, new Policy(), Noon);
        account.TakeDevice(1);
        then(account);
        return account;
    }

    private static OnboardingFacts Good() =>
        new(AccountOf(_ => { }), Since, Noon)
        {
            Findings = [.. Practices.All.Select(p => FindingOf(p, PracticeState.Good))],
            Evidence =
            [
                EvidenceOf(EvidenceSource.CredentialReport, Noon, Mona),
                EvidenceOf(EvidenceSource.Contacts, Noon, Mona),
            ],
            Words = [.. OnboardingItems.All.Where(i => i.IsSaid()).Select(i => Said(i, waives: false, Mona))],
            Kept = [KeptThing.RootMailbox, KeptThing.RootPhone],
            Rotated = Since,
        };
}
