using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Onboarding;
using RootCustody.People;

namespace RootCustody.Desk.Onboarding;

/// <summary>A person says how an item is that only people can see, or why one is to be waived. It counts once another says so too.</summary>
public sealed class SayItem(CustodyDb db)
{
    internal const string ItemField = "item";
    internal const string TextField = "text";
    private const string Proven = "p";
    private const string Waived = "w";

    /// <summary>So that a reason is one.</summary>
    private const int Shortest = 10;

    /// <summary>Asks which, and what.</summary>
    public async Task<Reply> AskAsync(string account, CancellationToken cancellationToken) =>
        await ItemsAsync(account, cancellationToken) is { } items
            ? new Reply.Asked(FormOf(account, items))
            : Loading.NoAccount;

    private static Form FormOf(string account, IReadOnlyList<OnboardingItem> items) =>
        new(
            Actions.OnboardItem,
            account,
            "Say or waive an item",
            "Say it",
            [
                "Say only what you have seen yourself. It counts once another custodian of the account, an auditor or an administrator has seen it too.",
                "To waive means to take the account into custody without it: two people answer for that, and their reason stands in the audit log.",
            ],
            [
                new Field.Pick(ItemField, "Item", null, false, [.. Options(items)], null),
                new Field.Text(
                    TextField,
                    "What you saw, or why it is waived",
                    $"At least {Shortest} characters; no secret.",
                    false,
                    true,
                    OnboardingWord.LongestText
                ),
            ]
        );

    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        if (await ItemsAsync(click.Subject, cancellationToken) is not { } items)
            return Loading.NoAccount;
        var form = FormOf(click.Subject, items);
        var text = click.Plain(TextField);
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var picked = Read(click.Inputs.GetValueOrDefault(ItemField, ""), items);
        if (picked is null)
            errors[ItemField] = "Choose an item.";
        if (text.Length is < Shortest or > OnboardingWord.LongestText)
            errors[TextField] = $"Say it in {Shortest} to {OnboardingWord.LongestText} characters.";
        return picked is not { } item || errors.Count > 0
            ? new Reply.Corrected(form, errors)
            : await db.DecideAsync(
                () => DecideAsync(person.Id, click, item.Item, item.Waives, text, cancellationToken),
                cancellationToken
            );
    }

    private async Task<Reply> DecideAsync(
        PersonId person,
        Click click,
        OnboardingItem item,
        bool waives,
        string text,
        CancellationToken cancellationToken
    )
    {
        var id = Id.Read<AccountId>(click.Subject);
        var (account, whyNot) = await db.EnterAsync(person, id, click.By, cancellationToken);
        if (account is not { IsOnboarding: true })
            return whyNot;
        var word = await db.OnboardingWords.SingleOrDefaultAsync(
            w => w.Account == account.Id && w.Item == item,
            cancellationToken
        );
        if (word is null)
            db.OnboardingWords.Add(word = OnboardingWord.Of(account.Id, item));
        word.Say(waives, text, person, db.Now);
        db.Record(
            waives ? "onboarding.waived" : "onboarding.said",
            person,
            ("account", account.Id),
            ("item", item),
            ("word", word.Id),
            ("text", text)
        );
        return new Reply.Said(
            $"Noted: {item.Word()}. Another has to {(waives ? "waive" : "confirm")} it: they type onboard {account.Number}."
        );
    }

    private static IEnumerable<Option> Options(IReadOnlyList<OnboardingItem> items) =>
        [
            .. items.Where(i => i.IsSaid()).Select(i => new Option(ValueOf(Proven, i), i.Word())),
            .. items.Select(i => new Option(ValueOf(Waived, i), $"Waive: {i.Word()}")),
        ];

    private static string ValueOf(string kind, OnboardingItem item) => $"{kind}.{item}";

    /// <summary>Those of the account; null if there is none.</summary>
    private async Task<IReadOnlyList<OnboardingItem>?> ItemsAsync(string subject, CancellationToken cancellationToken)
    {
        var id = Id.Read<AccountId>(subject);
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
        return account is null ? null : OnboardingItems.Of(account);
    }

    private static (OnboardingItem Item, bool Waives)? Read(string value, IReadOnlyList<OnboardingItem> items) =>
        value.Split('.') switch
        {
            [Proven, var name]
                when Enum.TryParse<OnboardingItem>(name, out var item) && item.IsSaid() && items.Contains(item) => (
                item,
                false
            ),
            [Waived, var name] when Enum.TryParse<OnboardingItem>(name, out var item) && items.Contains(item) => (
                item,
                true
            ),
            _ => null,
        };
}
