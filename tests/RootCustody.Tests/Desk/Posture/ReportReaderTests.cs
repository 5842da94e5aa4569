using System.Text;
using CsCheck;
using RootCustody.Desk.Posture;
using RootCustody.Posture;
using RootCustody.Tests.Posture;

namespace RootCustody.Tests.Desk.Posture;

public sealed class ReportReaderTests
{
    private static readonly string[] Parts =
    [
        "\"",
        ",",
        "\n",
        "\r",
        "\r\n",
        "<root_account>",
        "arn",
        "user",
        "\uFEFF",
        " ",
        Reports.Header,
    ];

    [Fact]
    public void The_root_line_is_found_wherever_it_is_and_the_others_are_dropped()
    {
        var lines = Reports.Text().Split('\n');

        var line = Found(Encoding.UTF8.GetBytes(string.Join('\n', lines[0], lines[2], lines[1])));

        Assert.Equal("111122223333", line.Account);
        Assert.Equal(RootLine.Columns, line.Names);
        Assert.DoesNotContain("alice", line.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_may_have_a_mark_quotes_other_line_ends_and_another_order()
    {
        var cells = Reports.Cells();
        cells.Reverse();
        var quoted = string.Join(
            "\r\n",
            string.Join(',', cells.Select(c => c.Key)),
            string.Join(',', cells.Select(c => $"\"{c.Value}\""))
        );

        var line = Found([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(quoted)]);

        Assert.Equal(CellKind.Yes, line.At(RootLine.MfaActive).Kind);
    }

    [Fact]
    public void The_23rd_column_and_later_ones_are_read()
    {
        var line = Found(Reports.Bytes((RootLine.AdditionalCredentials, "N/A"), ("passkey_1_active", "false")));

        Assert.Equal(24, line.Names.Count());
    }

    [Theory]
    [InlineData("arn:aws-us-gov:iam::111122223333:root")]
    [InlineData("arn:aws-cn:iam::111122223333:root")]
    public void Accounts_of_other_partitions_are_read(string arn) =>
        Assert.Equal("111122223333", Found(Reports.Bytes((RootLine.Arn, arn))).Account);

    [Theory]
    [InlineData("arn:aws:iam::11112222333:root")]
    [InlineData("arn:aws:iam::111122223333:user/root")]
    [InlineData("arn:aws:iam::111122223333:root\n")]
    [InlineData("111122223333")]
    [InlineData("=1+1")]
    public void A_line_that_names_no_root_user_is_none(string arn) =>
        Assert.Contains("arn", Faulty(Reports.Text((RootLine.Arn, $"\"{arn} x\""))), StringComparison.Ordinal);

    public static TheoryData<string, string> Faults =>
        new()
        {
            { "", "It is empty." },
            { "\n\n", "It is empty." },
            { "hello", "not the header" },
            { "<html>,<body>", "not the header" },
            { "=cmd|' /C calc'!A0,arn", "not the header" },
            { Reports.Header, "no line of the root user" },
            { Reports.Text().Replace("<root_account>", "root", StringComparison.Ordinal), "no line of the root user" },
            { Reports.Text() + Reports.Text().Split('\n')[1], "more than one line of the root user" },
            { Reports.Text().Replace("mfa_active", "mfa", StringComparison.Ordinal), "lacks the columns mfa_active" },
            {
                Reports.Text().Replace("cert_2_active", "cert_1_active", StringComparison.Ordinal),
                "cert_1_active more than once"
            },
            { Reports.Text().Replace("not_supported,", "", StringComparison.Ordinal), "21 cells, and there are 22" },
            { Reports.Text().Replace("<root_account>", "\"<root_account>\"x\"", StringComparison.Ordinal), "quotes" },
            { Reports.Text((RootLine.Created, new string('x', 5000))), "a cell of more than" },
            { Reports.Header + string.Concat(Enumerable.Range(0, 60).Select(i => $",c{i}")), "more than 39 columns" },
            { Reports.Text().Replace(',', ';'), "not the header" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_fault_has_its_sentence(string text, string why) =>
        Assert.Contains(why, Faulty(text), StringComparison.Ordinal);

    [Fact]
    public void What_is_too_long_or_not_in_UTF_8_is_refused()
    {
        Assert.Contains("MiB", FaultyOf(new byte[ReportReader.LongestBytes + 1]), StringComparison.Ordinal);
        Assert.Contains("UTF-8", FaultyOf(Encoding.Unicode.GetBytes(Reports.Text())), StringComparison.Ordinal);
        Assert.Contains("UTF-8", FaultyOf([.. Reports.Bytes(), 0xC3, 0x28]), StringComparison.Ordinal);
        Assert.Contains("empty", FaultyOf([.. Encoding.UTF8.Preamble]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_kept_has_nothing_but_plain_letters_and_is_read_back_the_same()
    {
        var line = Found(
            Reports.Bytes((RootLine.AdditionalCredentials, "\"=HYPERLINK(\"\"x\"\")\nmfa_active=false\""))
        );

        Assert.DoesNotContain("HYPERLINK", line.ToString(), StringComparison.Ordinal);
        Assert.Equal(line.ToString(), RootLine.Read(line.ToString())!.ToString());
        Assert.Equal(CellKind.Yes, RootLine.Read(line.ToString())!.At(RootLine.MfaActive).Kind);
        Assert.InRange(line.ToString().Length, 1, RootLine.Longest);
    }

    [Fact]
    public void It_never_throws_on_any_bytes()
    {
        Gen.Byte.Array[0, 400].Sample(bytes => _ = ReportReader.Read(bytes));
        Gen.Select(Gen.Int[0, Reports.Bytes().Length - 1], Gen.Byte)
            .Array[1, 6]
            .Sample(changes =>
            {
                var bytes = Reports.Bytes();
                foreach (var (at, value) in changes)
                    bytes[at] = value;
                _ = ReportReader.Read(bytes);
            });
        Gen.Int[0, Parts.Length - 1]
            .Select(at => Parts[at])
            .Array[0, 30]
            .Sample(parts => _ = ReportReader.Read(string.Concat(parts)));
    }

    [Fact]
    public void The_longest_line_that_is_taken_fits_where_it_is_kept()
    {
        var more = Enumerable
            .Range(0, RootLine.MostColumns - RootLine.Columns.Count)
            .Select(i => ($"{i:D40}", new string('x', 60)));
        var cells = RootLine
            .Columns.Except([RootLine.User, RootLine.Arn], StringComparer.Ordinal)
            .Select(c => (c, new string('x', 60)));

        Assert.InRange(Found(Reports.Bytes([.. cells, .. more])).ToString().Length, 2500, RootLine.Longest);
    }

    private static RootLine Found(byte[] bytes) =>
        Assert.IsType<ReportReader.Outcome.Found>(ReportReader.Read(bytes)).Line;

    private static string Faulty(string text) => FaultyOf(Encoding.UTF8.GetBytes(text));

    private static string FaultyOf(byte[] bytes) =>
        Assert.IsType<ReportReader.Outcome.Faulty>(ReportReader.Read(bytes)).Why;
}
