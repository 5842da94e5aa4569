using RootCustody.Audit;

namespace RootCustody.Tests.Audit;

public class ChainTests
{
    private const string First =
        """{"actor":"system","at":"2026-01-02T03:04:05.006Z","request":"BG-17","what":"request.asked"}""";

    private const string Second = """{"actor":"operator","at":"2026-01-02T03:04:06.000Z","what":"vault.seed-set"}""";

    [Fact] // hashes computed with another program
    public void Each_hash_covers_the_hash_before_the_number_and_the_entry()
    {
        var numbered = Chain.Number(ChainHead.Genesis, [First, Second]);

        Assert.Equal(
            [
                new SequencedEntry(
                    1,
                    new string('0', 64),
                    "c660af08946e162164af6ba374a49989130c072e88b43722d20e66f827dc492c",
                    First
                ),
                new SequencedEntry(
                    2,
                    "c660af08946e162164af6ba374a49989130c072e88b43722d20e66f827dc492c",
                    "2b169de6c3280705eec847e42e4e51383227a2a774ebf17ce2ca1abb9a5eb238",
                    Second
                ),
            ],
            numbered
        );
    }

    [Fact]
    public void Two_batches_give_the_same_chain_as_one()
    {
        var first = Chain.Number(ChainHead.Genesis, [First]);
        var second = Chain.Number(first[0].Head, [Second]);

        Assert.Equal(Chain.Number(ChainHead.Genesis, [First, Second]), [.. first, .. second]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\n}")]
    public void What_could_not_be_exported_is_not_numbered(string entry)
    {
        Assert.ThrowsAny<ArgumentException>(() => Chain.Number(ChainHead.Genesis, [entry]));
    }

    [Fact] // as bytes it would be another text than the one that was hashed
    public void Half_a_surrogate_pair_is_not_numbered()
    {
        Assert.ThrowsAny<ArgumentException>(() => Chain.Number(ChainHead.Genesis, ["{\"reason\":\"\ud83d\"}"]));
    }

    [Fact]
    public void A_head_is_read_as_it_is_written()
    {
        var head = Chain.Number(ChainHead.Genesis, [First])[0].Head;

        var read = ChainHead.TryParse(head.ToString(), out var same);

        Assert.True(read);
        Assert.Equal(head, same);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1:abc")]
    [InlineData("-1:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("9999999999999999999:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1:0000000000000000000000000000000000000000000000000000000000000000\n")]
    public void Anything_else_is_no_head(string? text)
    {
        Assert.False(ChainHead.TryParse(text, out _));
    }
}
