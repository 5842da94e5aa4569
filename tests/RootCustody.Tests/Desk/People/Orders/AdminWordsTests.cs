using CsCheck;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Desk.People.Orders;
using RootCustody.People;

namespace RootCustody.Tests.Desk.People.Orders;

public sealed class AdminWordsTests
{
    private static readonly AdminWords Words = new();

    private static readonly string[] Scraps =
    [
        "invite",
        "paul",
        "\"",
        "“",
        "--role",
        "--",
        "set-policy",
        "provider",
        "@",
        "-",
        "\\",
        "[x]",
    ];

    public static TheoryData<string, Order> Orders =>
        new()
        {
            { "invite paul", new Invite("paul") },
            { "enrol paul", new Enrol("paul") },
            { "suspend paul", new Suspend("paul") },
            { "reinstate paul", new Reinstate("paul") },
            { "unfreeze paul", new Unfreeze("paul") },
            { "appoint paul duty-manager", new Appoint("paul", PersonRole.DutyManager) },
            { "dismiss paul auditor", new Dismiss("paul", PersonRole.Auditor) },
            { "appoint fay finance", new Appoint("fay", PersonRole.Finance) },
            { "assign paul acme", new Assign("paul", "acme") },
            { "unassign paul acme", new Unassign("paul", "acme") },
            { "add-member passwords paul", new AddMember("passwords", "paul") },
            { "remove-member passwords paul", new RemoveMember("passwords", "paul") },
            { "merge-group night passwords", new MergeGroup("night", "passwords") },
            {
                "add-keeper 111122223333 rita phone “the CFO's phone”",
                new AddKeeper("111122223333", "rita", KeptThing.RootPhone, "the CFO's phone")
            },
            {
                "remove-keeper 111122223333 rita device \"key 1\"",
                new RemoveKeeper("111122223333", "rita", KeptThing.MfaDevice, "key 1")
            },
            { "join 111122223333 444455556666", new JoinOrganisation("111122223333", "444455556666") },
            { "leave 111122223333", new LeaveOrganisation("111122223333") },
            { "trust-key aa bb= 2026-01-01 2027-01-01", new TrustKey("aa", "bb=", "2026-01-01", "2027-01-01") },
            { "distrust-key aa", new DistrustKey("aa") },
            { "unlink paul teams tenant aad-paul", new Unlink("paul", ChatPlatform.Teams, "tenant", "aad-paul") },
            { "set-policy provider Window 00:30:00", new SetPolicy(PolicyScope.Provider, "", "Window", "00:30:00") },
            {
                "set-policy customer acme PlannedHours \"Mon-Fri 08:00-18:00 Europe/Berlin\"",
                new SetPolicy(PolicyScope.Customer, "acme", "PlannedHours", "Mon-Fri 08:00-18:00 Europe/Berlin")
            },
            {
                "set-policy account 111122223333 Window 00:30:00",
                new SetPolicy(PolicyScope.Account, "111122223333", "Window", "00:30:00")
            },
        };

    public static TheoryData<string, Order> States =>
        new()
        {
            { "close-account 111122223333", new CloseAccount("111122223333") },
            { "reopen-account 111122223333", new ReopenAccount("111122223333") },
            { "end-account 111122223333", new EndAccount("111122223333") },
            { "suspend-customer acme", new SuspendCustomer("acme") },
            { "reinstate-customer acme", new ReinstateCustomer("acme") },
        };

    [Theory]
    [MemberData(nameof(Orders))]
    [MemberData(nameof(States))]
    public void Words_become_an_order(string words, Order order) =>
        Assert.Equal(order, Assert.IsType<Heard.Wants>(Words.Hear(words)).Order);

    [Fact]
    public void A_person_is_added_with_name_customer_and_roles()
    {
        var order = Assert.IsType<AddPerson>(
            Assert
                .IsType<Heard.Wants>(
                    Words.Hear("add-person olga \"Olga Ott\" --role administrator --role auditor --customer acme")
                )
                .Order
        );

        Assert.Equal(("olga", "Olga Ott", "acme"), (order.Key, order.Name, order.Customer));
        Assert.Equal([PersonRole.Administrator, PersonRole.Auditor], order.Roles);
    }

    [Fact]
    public void Every_order_but_the_import_can_be_typed()
    {
        var typed = Orders.Concat(States).Select(row => row.Data.Item2.GetType()).Append(typeof(AddPerson)).ToHashSet();
        var all = typeof(Order).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Order)));

        Assert.Equal([typeof(ImportFile)], all.Except(typed));
        Assert.Equal(typed.Count + 2, Words.Orders.Count); // set-policy is three
        Assert.Equal(Words.Orders.Count, Words.Usages.Count());
        Assert.Contains("set-policy account ACCOUNT SETTING VALUE: Change the policy for an account.", Words.Usages);
    }

    [Theory]
    [InlineData("invite", "Required argument 'KEY' missing for command: 'invite'")]
    [InlineData("frobnicate", "Unrecognized command or argument 'frobnicate'.")]
    [InlineData("appoint paul king", "Argument 'king' not recognized. Must be one of:")]
    public void What_is_not_understood_is_said(string words, string why) =>
        Assert.Contains(
            Assert.IsType<Heard.Unclear>(Words.Hear(words)).Why,
            sentence => sentence.StartsWith(why, StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("")]
    [InlineData("help")]
    public void Help_is_no_mistake(string words) => Assert.Empty(Assert.IsType<Heard.Unclear>(Words.Hear(words)).Why);

    [Fact]
    [Trait("Law", "8")]
    public void What_is_typed_in_chat_reads_no_file_of_the_host()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "invite paul");

        var heard = Words.Hear($"@{file}");
        var label = Words.Hear($"add-keeper 111122223333 rita phone @{file}");
        File.Delete(file);

        Assert.IsType<Heard.Unclear>(heard);
        Assert.Equal($"@{file}", ((AddKeeper)Assert.IsType<Heard.Wants>(label).Order).Label);
    }

    [Fact]
    public void Whatever_is_typed_has_an_answer() =>
        Gen.OneOf(
                Gen.String,
                Gen.Int[0, Scraps.Length - 1]
                    .Select(at => Scraps[at])
                    .List[0, 8]
                    .Select(words => string.Join(' ', words))
            )
            .Sample(text => Assert.NotNull(Words.Hear(text)));
}
