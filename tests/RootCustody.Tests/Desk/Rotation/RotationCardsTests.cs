using System.Text.Json.Nodes;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Desk.Rotation;
using RootCustody.People;
using RootCustody.Playground.FakeSlack;
using RootCustody.Rotation;
using RootCustody.Slack.Drawing;
using RootCustody.Teams.Drawing;

namespace RootCustody.Tests.Desk.Rotation;

/// <summary>What people are shown of the schedule, as both platforms draw it.</summary>
public sealed class RotationCardsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Policy Policy = new();

    [Fact]
    public void A_digest_says_what_falls_due_when_and_in_which_state()
    {
        var mine = new[] { Due("Shop", -100), Due("Bank", -40, owes: true), Due("Post", -80), Due("Mill", -60) };

        var card = RotationCards.Digest(mine, [], Noon);

        Assert.Equal("Rotations: 1 exposed, 1 overdue, 1 due, 1 coming", card.Title);
        Assert.Equal(
            [
                "Overdue: password of Shop (111122223333)",
                "Exposed: password of Bank (111122223333)",
                "Due: password of Post (111122223333)",
                "Planned: password of Mill (111122223333)",
            ],
            card.Facts.Select(f => f.Name)
        );
        Assert.Equal(mine.Select(d => (DateTimeOffset?)d.Date.DueAt), card.Facts.Select(f => f.Time));
        Assert.Equal(["Rotate now", "Put off", "Not me"], card.Choices.Select(c => c.Label));
        Holds(card);
    }

    [Fact]
    public void A_digest_of_many_names_the_first_and_counts_the_others()
    {
        var mine = Enumerable.Range(0, 40).Select(i => Due($"Account {i}", -70)).ToList();

        var card = RotationCards.Digest(mine, [], Noon);

        Assert.Equal(RotationCards.Most, card.Facts.Count);
        Assert.Contains(card.Lines, line => line.StartsWith("And 25 more", StringComparison.Ordinal));
        Holds(card);
    }

    [Fact]
    public void A_duty_manager_who_keeps_nothing_is_told_and_can_press_nothing()
    {
        var card = RotationCards.Digest([], [Due("Shop", -100)], Noon);

        Assert.Contains(card.Lines, line => line.Contains("1 rotations are overdue", StringComparison.Ordinal));
        Assert.Empty(card.Choices);
        Holds(card);
    }

    [Theory]
    [InlineData("*Shop* <https://evil.example|press> & {{DATE(2026-01-01T00:00:00Z)}}")]
    [InlineData("![x](https://evil.example)")]
    public void The_name_of_an_account_draws_nothing(string name)
    {
        var card = RotationCards.Digest([Due(name, -100)], [], Noon);

        Holds(card);
        Assert.DoesNotContain(
            "<https",
            Blocks.Draw(card)[2]!["text"]!["text"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("{{DATE(2026-01-01", AdaptiveCards.Draw(card).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_into_the_plan_is_told_with_its_reason()
    {
        var due = Due("Shop", 0);
        var falling = due.Date.ToPlan(due.Account, Policy, RotationDays.Of(Policy))!;
        due.Date.Take(new Fallen(falling, falling.Limit.AddDays(3), Strain.PastLimit), Policy, DateOnly.MinValue);

        var card = RotationCards.Strained(
            CustodianGroup.Of("passwords", "Password custodians", Half.Password, Noon),
            [(due.Account, due.Date)]
        );

        Assert.Equal("Rotations: 1 of Password custodians do not fit into the plan", card.Title);
        Assert.Equal("Shop: no day before its limit is allowed, so it is late", Assert.Single(card.Facts).Name);
        Holds(card);
    }

    [Fact]
    public async Task The_forms_that_ask_which_account_can_be_shown_on_both_platforms()
    {
        await using var stage = await Stage.SetAsync();
        await stage.RunAsync<PlanRotationsJob>(job => job.RunAsync(CancellationToken.None));
        stage.Clock.Advance(TimeSpan.FromDays(85));

        foreach (var action in (string[])[Actions.RotateNow, Actions.Snooze])
        {
            var form = Assert.IsType<Reply.Asked>(await stage.ClickAsync(Stage.Paul, action)).Form;

            Assert.True(Actions.Asks(form.Action));
            Assert.Null(SlackLimits.Broken(new JsonObject { ["view"] = Views.Draw(form, "C0") }));
            var drawn = AdaptiveCards.Draw(form);
            IsWhole(drawn);
            var pick = drawn["body"]!.AsArray().Single(b => (string?)b!["type"] == "Input.ChoiceSet")!;
            Assert.StartsWith(
                "Production (111122223333)",
                (string?)pick["choices"]![0]!["title"],
                StringComparison.Ordinal
            );
        }
    }

    /// <summary>Both platforms would take it.</summary>
    private static void Holds(Card card)
    {
        Assert.Null(SlackLimits.Broken(new JsonObject { ["blocks"] = Blocks.Draw(card) }));
        var drawn = AdaptiveCards.Draw(card);
        IsWhole(drawn);
        Assert.InRange(card.Choices.Count, 0, 6); // Teams shows no more
        Assert.InRange(drawn.ToJsonString().Length, 1, 28_000);
    }

    private static void IsWhole(JsonObject drawn)
    {
        Assert.Equal(("AdaptiveCard", "1.5"), ((string?)drawn["type"], (string?)drawn["version"]));
        foreach (var element in drawn["body"]!.AsArray())
        {
            switch ((string)element!["type"]!)
            {
                case "TextBlock":
                    Assert.NotEmpty((string)element["text"]!);
                    break;
                case "FactSet":
                    Assert.All(element["facts"]!.AsArray(), f => Assert.NotNull(f!["title"] ?? f["value"]));
                    break;
                case var input:
                    Assert.StartsWith("Input.", input, StringComparison.Ordinal);
                    Assert.NotEmpty((string)element["id"]!);
                    break;
            }
        }
        foreach (var action in drawn["actions"]?.AsArray() ?? [])
            Assert.Contains((string)action!["type"]!, (string[])["Action.Execute", "Action.Submit", "Action.ShowCard"]);
    }

    /// <param name="born">The day of its password, from today; it falls due after 75 days and at the latest after 90.</param>
    private static DueHalf Due(string name, int born, bool owes = false)
    {
        var account = Account.Of(
            "111122223333",
            name,
            "aws@acme.example",
            CustomerId.New(Noon),
            GroupId.New(Noon),
            GroupId.New(Noon),
            Noon
        );
        account.TakePassword(1, Policy, Noon.AddDays(born));
        account.TakeDevice(1);
        var date = RotationDate.Of(account, Half.Password, Noon);
        if (owes)
        {
            account.Owe(Policy, Noon.AddHours(-1));
            date.Expose(account, Policy, RotationDays.Of(Policy), DateOnly.MinValue);
        }
        else
        {
            var falling = date.ToPlan(account, Policy, RotationDays.Of(Policy))!;
            date.Take(new Fallen(falling, Noon.AddDays(born + 75), Strain.None), Policy, DateOnly.MinValue);
        }
        return new DueHalf { Account = account, Date = date };
    }
}
