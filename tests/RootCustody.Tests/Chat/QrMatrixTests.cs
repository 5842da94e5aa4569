using System.Globalization;
using System.Text.Json;
using RootCustody.Chat;

namespace RootCustody.Tests.Chat;

[Trait("Law", "8")]
public sealed class QrMatrixTests
{
    [Fact]
    public void It_says_nothing_of_itself()
    {
        using var qr = QrMatrix.Take(Modules(21));

        Assert.Equal("(secret)", qr.ToString());
        Assert.Equal("(secret)", string.Format(CultureInfo.InvariantCulture, "{0}", qr));
        Assert.Equal("""{"Size":21}""", JsonSerializer.Serialize(qr));
    }

    [Fact]
    public void Taking_the_modules_over_wipes_where_they_came_from()
    {
        var source = Modules(21);

        using var qr = QrMatrix.Take(source);

        Assert.All(source, m => Assert.Equal(0, m));
        Assert.Equal(21, qr.Size);
        Assert.True(qr.IsDark(0, 0));
        Assert.False(qr.IsDark(1, 0));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(21, 20)]
    [InlineData(20, 21)]
    [InlineData(int.MaxValue, int.MinValue)]
    public void Beside_the_code_all_is_light(int column, int row)
    {
        var source = new byte[21 * 21];
        Array.Fill(source, (byte)1);
        using var qr = QrMatrix.Take(source);

        Assert.False(qr.IsDark(column, row));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20 * 20)]
    [InlineData(21 * 21 + 1)]
    [InlineData(23 * 23)]
    [InlineData(61 * 61)]
    public void What_is_no_code_of_a_size_that_can_be_drawn_is_refused_and_wiped(int length)
    {
        var source = new byte[length];
        Array.Fill(source, (byte)1);

        Assert.Throws<ArgumentException>(() => QrMatrix.Take(source));
        Assert.All(source, m => Assert.Equal(0, m));
    }

    [Fact]
    public void A_wiped_code_is_gone()
    {
        var qr = QrMatrix.Take(Modules(21));

        qr.Dispose();

        Assert.Throws<ObjectDisposedException>(() => qr.IsDark(0, 0));
        Assert.Throws<ObjectDisposedException>(() => qr.IsDark(-1, -1));
        qr.Dispose();
    }

    private static byte[] Modules(int size) => [.. Enumerable.Range(0, size * size).Select(i => (byte)(i % 2 ^ 1))];
}
