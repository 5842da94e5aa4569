using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RootCustody.Tests.Laws;

/// <summary>Law 8, the part of the type: a secret does not come out by accident.</summary>
[Trait("Law", "8")]
public class SecretTests
{
    private const string Mark = "Mark-4711-geheim";

    [Fact]
    public void It_says_nothing_of_itself()
    {
        using var secret = Secret.OfText(Mark);

        Assert.Equal("(secret)", secret.ToString());
        Assert.Equal("It is (secret).", $"It is {secret}.");
        Assert.Equal("(secret)", string.Format(CultureInfo.InvariantCulture, "{0}", secret));
        Assert.Equal("(secret)", new { secret }.ToString()!.Split("= ")[1].TrimEnd('}', ' '));
    }

    [Fact]
    public void No_serializer_gets_it_out()
    {
        using var secret = Secret.OfText(Mark);

        var written = Record.Exception(() => JsonSerializer.Serialize(new { Half = secret })) is { } refused
            ? refused.ToString()
            : JsonSerializer.Serialize(new { Half = secret });

        Assert.DoesNotContain(Mark, written, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Mark)), written, StringComparison.Ordinal);
    }

    [Fact]
    public void Taking_the_bytes_over_wipes_where_they_came_from()
    {
        var source = Encoding.UTF8.GetBytes(Mark);

        using var secret = Secret.Take(source);

        Assert.All(source, b => Assert.Equal(0, b));
        Assert.True(secret.Matches(Encoding.UTF8.GetBytes(Mark)));
    }

    [Fact]
    public void Every_symbol_arrives_byte_for_byte()
    {
        using var secret = Secret.OfText("a<&>\"'`*_~ä€");

        Assert.Equal("a<&>\"'`*_~ä€", Encoding.UTF8.GetString(secret.Bytes));
        Assert.Equal(secret.Bytes.Length, secret.Length);
    }

    [Fact]
    public void It_matches_itself_and_nothing_else()
    {
        using var secret = Secret.OfText(Mark);

        Assert.True(secret.Matches(Encoding.UTF8.GetBytes(Mark)));
        Assert.False(secret.Matches(Encoding.UTF8.GetBytes(Mark + "!")));
        Assert.False(secret.Matches(Encoding.UTF8.GetBytes(Mark.ToLowerInvariant())));
        Assert.False(secret.Matches([]));
    }

    [Fact]
    public void A_wiped_secret_is_gone()
    {
        var secret = Secret.OfText(Mark);
        var memory = secret.Bytes;

        secret.Dispose();

        foreach (var b in memory)
            Assert.Equal(0, b);
        Assert.Throws<ObjectDisposedException>(() => secret.Bytes.Length);
        Assert.Throws<ObjectDisposedException>(() => secret.Matches([]));
        secret.Dispose();
    }
}
