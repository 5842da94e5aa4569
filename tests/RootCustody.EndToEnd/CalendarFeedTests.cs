using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Data;
using RootCustody.Host;
using RootCustody.People;
using RootCustody.Rotation;

namespace RootCustody.EndToEnd;

/// <summary>The address that a calendar program subscribes to, over HTTP.</summary>
public sealed class CalendarFeedTests
{
    private const string Token = "0123456789-abcdefghijklmnopqrstuvwxyz_ABCDE";

    [Fact]
    public async Task It_is_a_calendar_with_a_mark_and_is_sent_only_once_as_long_as_nothing_changes()
    {
        await using var site = await Site.OpenAsync("http://127.0.0.1");

        using var first = await site.GetAsync($"/calendar/{Token}.ics");
        using var again = await site.GetAsync($"/calendar/{Token}.ics", first.Headers.ETag);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("text/calendar; charset=utf-8", first.Content.Headers.ContentType!.ToString());
        Assert.StartsWith(
            "BEGIN:VCALENDAR",
            await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.True(first.Headers.CacheControl!.Private && first.Headers.CacheControl.NoCache);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [Trait("Law", "15")]
    [InlineData("/calendar/x.ics")]
    [InlineData("/calendar/0123456789-abcdefghijklmnopqrstuvwxyz_ABCDF.ics")]
    [InlineData("/calendar/.ics")]
    [InlineData("/calendar/%c3%a4..ics")]
    [InlineData($"/calendar/{Token}")]
    public async Task Whatever_is_not_right_is_not_found(string path)
    {
        await using var site = await Site.OpenAsync("http://127.0.0.1");

        using var answer = await site.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_public_address_there_is_none()
    {
        await using var site = await Site.OpenAsync("");

        using var answer = await site.GetAsync($"/calendar/{Token}.ics");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("rootcustody.example", true)]
    [InlineData("ftp://rootcustody.example", true)]
    [InlineData("https://rootcustody.example/?x=1", true)]
    [InlineData("http://rootcustody.example", false)]
    public void A_public_address_that_is_none_or_can_be_read_on_the_way_is_refused(string address, bool isDevelopment)
    {
        var settings = new CustodySettings { PublicAddress = address };

        Assert.Contains(
            settings.Faults(isDevelopment),
            f => f.StartsWith("RootCustody:PublicAddress", StringComparison.Ordinal)
        );
    }

    private sealed class Site : IAsyncDisposable
    {
        private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("rootcustody-");
        private readonly HttpClient http = new();
        private WebApplication host = null!;

        public static async Task<Site> OpenAsync(string publicAddress)
        {
            var site = new Site();
            site.host = CustodyHost.Build(
                ["--environment", "Development"],
                builder =>
                    builder.Configuration.AddInMemoryCollection([
                        new("urls", "http://127.0.0.1:0"),
                        new("RootCustody:DataDirectory", site.directory.FullName),
                        new("RootCustody:Roles:0", "desk"),
                        new("RootCustody:PublicAddress", publicAddress),
                    ])
            );
            await site.host.PrepareAsync(TestContext.Current.CancellationToken);
            await site.FoundAsync();
            await site.host.StartAsync(TestContext.Current.CancellationToken);
            site.http.BaseAddress = new Uri(site.host.Urls.Single());
            return site;
        }

        public async Task<HttpResponseMessage> GetAsync(string path, EntityTagHeaderValue? known = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (known is not null)
                request.Headers.IfNoneMatch.Add(known);
            return await http.SendAsync(request, TestContext.Current.CancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            await host.DisposeAsync();
            directory.Delete(recursive: true);
        }

        private async Task FoundAsync()
        {
            await using var scope = host.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CustodyDb>();
            await db.DecideAsync(
                () =>
                {
                    var person = Person.Of("paul", "Paul", null, false, db.Now);
                    db.People.Add(person);
                    db.CalendarLinks.Add(CalendarLink.Of(person.Id, Token, db.Now));
                    return Task.FromResult(true);
                },
                TestContext.Current.CancellationToken
            );
        }
    }
}
