using System.Text;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People.Proposals;

/// <summary>The codes of invitations and enrolments.</summary>
[Trait("Law", "8")]
[Trait("Law", "15")]
public sealed class OneTimeCodeTests
{
    [DatabaseTheory]
    [InlineData("enrol paul")]
    [InlineData("invite paul")]
    public async Task The_code_stands_in_no_database_card_or_log(string words)
    {
        await using var stage = await Stage.SetAsync();

        var code = await stage.CodeByTwoAsync(words);

        var plain = code.Replace("-", "", StringComparison.Ordinal);
        var bytes = await stage.DatabaseBytesAsync();
        foreach (var text in (string[])[code, plain, code[..11], plain[..10]])
        {
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)));
        }
    }

    [DatabaseFact]
    public async Task The_code_is_shown_to_the_second_administrator_alone()
    {
        await using var stage = await Stage.SetAsync();
        var asked = Assert.IsType<Reply.Asked>(await stage.AdminAsync("enrol paul"));
        var first = await stage.AgreeAsync(Stage.Ada, asked.Form.Subject);
        Assert.False(await stage.InDbAsync(db => db.EnrolmentCodes.AnyAsync()));

        var second = await stage.AgreeAsync(Stage.Abe, asked.Form.Subject);
        var third = await stage.AgreeAsync(Stage.Alma, asked.Form.Subject);

        Assert.DoesNotContain("The one-time code", first.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "never by the chat account that it secures",
            Assert.IsType<Reply.Said>(second).Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("The one-time code", third.ToString(), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task An_invitation_opens_with_its_code_for_its_time()
    {
        await using var stage = await Stage.SetAsync();

        var code = await stage.CodeByTwoAsync("invite paul");

        var invitation = await stage.InDbAsync(db => db.Invitations.SingleAsync());
        var now = stage.Clock.GetUtcNow();
        Assert.Equal(stage.People[Stage.Paul], invitation.Person);
        Assert.True(invitation.Opens(code.ToLowerInvariant().Replace('-', ' '), now));
        Assert.False(invitation.Opens(code + "A", now));
        Assert.False(invitation.Opens(code, now + stage.Policy.InvitationLife));
    }

    [DatabaseTheory]
    [InlineData("enrol paul")]
    [InlineData("invite paul")]
    public async Task A_new_code_ends_the_one_before(string words)
    {
        await using var stage = await Stage.SetAsync();
        var before = await stage.CodeByTwoAsync(words);

        var code = await stage.CodeByTwoAsync(words);

        Assert.NotEqual(before, code);
        var opens = await stage.InDbAsync(async db =>
            words.StartsWith("enrol", StringComparison.Ordinal)
                ? (await db.EnrolmentCodes.SingleAsync()).Opens
                : (Func<string, DateTimeOffset, bool>)(await db.Invitations.SingleAsync()).Opens
        );
        Assert.True(opens(code, stage.Clock.GetUtcNow()));
        Assert.False(opens(before, stage.Clock.GetUtcNow()));
    }

    [DatabaseTheory]
    [InlineData("enrol paul", "Somebody set out to enrol a new authenticator for you.")]
    [InlineData("invite paul", "Somebody invited you to link another chat account.")]
    public async Task The_person_is_told_and_can_say_that_it_was_not_them(string words, string told)
    {
        await using var stage = await Stage.SetAsync();
        await stage.ProposeAsync(words);
        Assert.Empty(await NoticesAsync(stage));
        stage.Clock.Advance(TimeSpan.FromSeconds(30));

        await stage.MakeAsync(words.Replace("paul", "mona", StringComparison.Ordinal));

        var card = Assert.Single(await NoticesAsync(stage));
        Assert.Equal((told, Actions.NotMe), (card.Title, Assert.Single(card.Choices).Action));
    }

    /// <summary>What Paul and Mona are told that is about no request.</summary>
    private static Task<List<Card>> NoticesAsync(Stage stage)
    {
        PersonId?[] both = [stage.People[Stage.Paul], stage.People[Stage.Mona]];
        return stage.InDbAsync(db =>
            db.Outbox.Where(r => both.Contains(r.Place.Person)).Select(r => r.Card).ToListAsync()
        );
    }
}
