using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RootCustody.Chat;
using RootCustody.Reveals;
using RootCustody.Teams;

namespace RootCustody.Tests.Teams;

/// <summary>The half in the answer to the holder's own submit.</summary>
public sealed class TeamsDialogSurfaceTests : IDisposable
{
    private readonly MemoryStream body = new();
    private readonly DefaultHttpContext context = new();

    public TeamsDialogSurfaceTests() => context.Response.Body = body;

    public void Dispose() => body.Dispose();

    [Fact]
    public async Task Every_printable_symbol_arrives_as_it_is()
    {
        var symbols = string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(i => (char)i));

        var outcome = await ShowAsync(symbols);

        Assert.Equal(RevealOutcome.Shown, outcome);
        Assert.Equal(symbols, SecretIn(Sent));
    }

    [Theory]
    [InlineData("**bold** _thin_ [link](http://x) # - `code`")]
    [InlineData("</script><b>&amp;\"'\\u0041\\n")]
    [InlineData("pässwörd€😀")]
    [InlineData("  spaces  at both ends ")]
    public async Task Nothing_is_taken_for_markup(string half)
    {
        await ShowAsync(half);

        Assert.Equal(half, SecretIn(Sent));
        Assert.Equal("TextRun", (string?)LineIn(Sent)["inlines"]![0]!["type"]);
    }

    [Fact]
    public async Task The_answer_goes_on_with_a_card_and_is_kept_by_no_cache()
    {
        await ShowAsync("half");

        Assert.Equal("no-store", context.Response.Headers.CacheControl);
        Assert.Equal("application/json; charset=utf-8", context.Response.ContentType);
        Assert.Equal("continue", (string?)Sent["task"]!["type"]);
        Assert.Equal("Your half", (string?)Sent["task"]!["value"]!["title"]);
        Assert.Equal(
            "application/vnd.microsoft.card.adaptive",
            (string?)Sent["task"]!["value"]!["card"]!["contentType"]
        );
    }

    [Fact]
    public async Task The_button_carries_the_subject_and_not_the_half()
    {
        await ShowAsync("half-4711");

        var button = Assert.Single(Card(Sent)["actions"]!.AsArray())!;
        Assert.Equal("""{"action":"hide","subject":"w-1"}""", button["data"]!.ToJsonString());
        Assert.Equal("I have it", (string?)button["title"]);
    }

    [Fact]
    public async Task A_button_that_opens_a_form_says_so()
    {
        await ShowAsync("seed", new Choice(Actions.Confirm, "I have added it", "p-1"));

        var button = Assert.Single(Card(Sent)["actions"]!.AsArray())!;
        Assert.Equal("""{"action":"confirm","subject":"p-1","asks":"true"}""", button["data"]!.ToJsonString());
        Assert.Equal("I have added it", (string?)button["title"]);
    }

    [Fact]
    public async Task Who_has_hung_up_is_shown_nothing()
    {
        context.RequestAborted = new CancellationToken(canceled: true);
        var surface = new TeamsDialogSurface(context);

        var outcome = await ShowAsync("half", on: surface);

        Assert.Equal(RevealOutcome.NotShown, outcome);
        Assert.False(surface.Used);
        Assert.Equal(0, body.Length);
    }

    [Fact]
    public async Task A_connection_that_breaks_may_have_shown_it()
    {
        context.Response.Body = new BrokenStream();
        var surface = new TeamsDialogSurface(context);

        var outcome = await ShowAsync("half", on: surface);

        Assert.Equal(RevealOutcome.MaybeShown, outcome);
        Assert.True(surface.Used);
    }

    [Fact]
    public async Task It_cannot_be_taken_back()
    {
        var surface = new TeamsDialogSurface(context);

        Assert.Equal(Removal.LeftOpen, await surface.RemoveAsync(TestContext.Current.CancellationToken));
        Assert.False(surface.CanOffer);
    }

    private JsonNode Sent => JsonNode.Parse(body.ToArray())!;

    private static JsonNode Card(JsonNode sent) => sent["task"]!["value"]!["card"]!["content"]!;

    private static JsonNode LineIn(JsonNode sent) => Card(sent)["body"]![2]!;

    private static string? SecretIn(JsonNode sent) => (string?)LineIn(sent)["inlines"]![0]!["text"];

    private async Task<RevealOutcome> ShowAsync(string half, Choice? hide = null, TeamsDialogSurface? on = null)
    {
        using var secret = Secret.OfText(half);
        var showing = new Showing(
            "Your half",
            "Copy it.",
            [new ShownLine("Password", secret)],
            DateTimeOffset.UnixEpoch,
            hide ?? new Choice(Actions.Hide, "Hide now", "w-1")
        );
        return await (on ?? new TeamsDialogSurface(context)).ShowAsync(showing, TestContext.Current.CancellationToken);
    }

    /// <summary>A connection whose other end is gone.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => ValueTask.FromException(new IOException("reset"));

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("reset");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("reset");

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromException(new IOException("reset"));
    }
}
