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
}
