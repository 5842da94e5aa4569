using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class RequestTests
{
    [Fact]
    public void A_request_has_a_name_that_people_can_say_on_the_phone()
    {
        var request = AskedBy(Rita);

        Assert.Matches("^R-[0-9A-F]{6}$", request.Name);
        Assert.Equal(Request.NameOf(request.Id), request.Name);
        Assert.NotEqual(AskedBy(Rita).Name, request.Name, StringComparer.Ordinal);
    }

    [Fact]
    public void The_catalogue_names_each_root_task_once()
    {
        Assert.Equal(
            RootTask.Catalogue.Count,
            RootTask.Catalogue.DistinctBy(t => t.Id, StringComparer.Ordinal).Count()
        );
        Assert.All(RootTask.Catalogue, task => Assert.Same(task, RootTask.Find(task.Id)));
        Assert.Null(RootTask.Find("mine-bitcoin"));
        Assert.Null(RootTask.Find(null));
    }

    [Fact]
    public void An_id_that_came_from_outside_is_read_only_in_its_one_form()
    {
        var id = RequestId.New(Noon);

        Assert.Equal(id, Id.Read<RequestId>(id.ToString()));
        Assert.Null(Id.Read<RequestId>(id.Value.ToString("N")));
        Assert.Null(Id.Read<RequestId>(""));
        Assert.Null(Id.Read<RequestId>(null));
    }

    [Fact]
    public void An_account_without_both_halves_in_custody_cannot_be_asked_for()
    {
        var customer = CustomerId.New(Noon);
        var account = RootCustody.Accounts.Account.Of(
            "111111111111",
            "Shop",
            "root@shop.example",
            customer,
            GroupId.New(Noon),
            GroupId.New(Noon),
            Noon
        );
        var rita = RootCustody.People.Person.Of("rita", "Rita", customer, false, Noon);

        Assert.Equal(Refusal.NothingInCustody, Request.WhyNotAsk(rita, account));
        account.TakePassword(1, Defaults, Noon);
        account.TakeDevice(1);
        Assert.Null(Request.WhyNotAsk(rita, account));
    }

    [Fact]
    public void A_drill_says_that_it_is_an_exercise()
    {
        var drill = ADrill(Dora);

        Assert.Contains("exercise", drill.Justification, StringComparison.Ordinal);
        Assert.Equal((Dora, RequestKind.Drill, ""), (drill.Requester, drill.Kind, drill.Task));
    }

    [Fact]
    public void When_the_first_approval_came_stays_whatever_comes_later()
    {
        var request = AskedBy(Rita);
        request.Approve(Keeper(Paul, Half.Password), At(3));
        request.Approve(Keeper(Mona, Half.Mfa), At(7));

        Assert.Equal((At(3), At(7)), (request.FirstApprovalAt, request.ApprovedAt));
    }
}
