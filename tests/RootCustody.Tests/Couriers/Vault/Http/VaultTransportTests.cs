using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using RootCustody.Couriers.Vault;
using RootCustody.Playground.FakeVault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Vault.Http;

/// <summary>Where a token goes, and where it does not.</summary>
public sealed class VaultTransportTests : IAsyncLifetime
{
    private HttpVaults vaults = null!;
    private FakeVaultServer other = null!;

    public async ValueTask InitializeAsync()
    {
        vaults = await HttpVaults.OpenAsync();
        other = await FakeVaultServer.StartAsync(vaults.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        await vaults.DisposeAsync();
    }

    [Fact]
    [Trait("Law", "8")]
    public async Task A_stranger_to_whom_the_vault_redirects_is_sent_nothing()
    {
        var passwords = vaults.Passwords();
        await passwords.LatestAsync(Acme, Cancel);
        vaults.Server.State = VaultState.Standby;
        vaults.Server.StandbyLocation = other.Address;

        var refused = await HttpVaults.RefusedAsync(() => passwords.LatestAsync(Acme, Cancel));

        Assert.Equal((VaultFailure.Unreachable, true), (refused.Failure, refused.GaveNoHalf));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_standby_that_redirects_to_a_configured_address_is_followed_there()
    {
        other.State = VaultState.Standby;
        other.StandbyLocation = vaults.Server.Address;
        vaults.Prepared.Passwords.Address = $"{other.Address};{vaults.Server.Address}";
        var passwords = vaults.Passwords();

        Assert.Equal(0, await passwords.LatestAsync(Acme, Cancel));
        Assert.Equal(0, await passwords.LatestAsync(Globex, Cancel));

        Assert.Single(other.Requests); // then it is known who is active
        await passwords.LookAsync(Cancel);
    }

    [Fact]
    public async Task Two_that_redirect_to_each_other_are_given_up()
    {
        vaults.Prepared.Passwords.Address = $"{other.Address};{vaults.Server.Address}";
        (vaults.Server.State, other.State) = (VaultState.Standby, VaultState.Standby);
        (vaults.Server.StandbyLocation, other.StandbyLocation) = (other.Address, vaults.Server.Address);

        var refused = await HttpVaults.RefusedAsync(() => vaults.Passwords().LatestAsync(Acme, Cancel));

        Assert.Equal(VaultFailure.Unreachable, refused.Failure);
        Assert.InRange(other.Requests.Count, 1, 6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_that_is_dead_or_sealed_is_passed_over(bool isDead)
    {
        other.State = VaultState.Sealed;
        var first = isDead ? "http://127.0.0.1:1" : other.Address.ToString();
        vaults.Prepared.Passwords.Address = $"{first};{vaults.Server.Address}";
        var passwords = vaults.Passwords();

        await passwords.LookAsync(Cancel);

        Assert.Equal(0, await passwords.LatestAsync(Acme, Cancel));
    }

    [Fact]
    public async Task Told_to_come_back_late_it_is_said_at_once()
    {
        await using var busy = await Loopback(async context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "120";
            await context.Response.WriteAsync("{\"errors\":[]}");
        });
        vaults.Prepared.Passwords.Address = busy.Urls.Single();

        var refused = await HttpVaults.RefusedAsync(() => vaults.Passwords().LatestAsync(Acme, Cancel));

        Assert.Equal(VaultFailure.Throttled, refused.Failure);
        Assert.Contains("in 120 s", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Noon, vaults.Clock.Now);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"data\":{\"data\":{\"passw")]
    [InlineData("{\"data\":{}}")]
    [InlineData("{\"data\":{\"data\":{\"password\":7}}}")]
    [InlineData("[]")]
    [Trait("Law", "4")]
    public async Task An_answer_that_cannot_be_read_may_have_held_a_half(string body)
    {
        await using var strange = await Loopback(context =>
            context.Request.Path.Value!.Contains("/data/", StringComparison.Ordinal)
                ? context.Response.WriteAsync(body)
                : ForwardAsync(context)
        );
        vaults.Prepared.Passwords.Address = strange.Urls.Single();

        var refused = await HttpVaults.RefusedAsync(() => vaults.Passwords().ReadAsync(Acme, 1, Cancel));

        Assert.Equal((VaultFailure.Faulty, false), (refused.Failure, refused.GaveNoHalf));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_a_vault_whose_certificate_is_trusted_is_asked(bool isTrusted)
    {
        using var temp = new TempFolder();
        using var ours = Certificate();
        using var theirs = Certificate();
        var asked = 0;
        await using var safe = await Loopback(
            context =>
            {
                asked++;
                return context.Response.WriteAsync("{\"initialized\":true,\"sealed\":true}");
            },
            isTrusted ? ours : theirs
        );
        await File.WriteAllTextAsync(temp.In("ca.pem"), ours.ExportCertificatePem(), Cancel);
        vaults.Prepared.Passwords.Address = safe.Urls.Single();
        vaults.Prepared.Passwords.CaFile = temp.In("ca.pem");

        var refused = await HttpVaults.RefusedAsync(() => vaults.Passwords().LookAsync(Cancel));

        Assert.Equal(isTrusted ? VaultFailure.Sealed : VaultFailure.Unreachable, refused.Failure);
        Assert.Equal(isTrusted ? 1 : 0, asked);
        Assert.True(refused.GaveNoHalf);
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            new Uri(vaults.Server.Address, context.Request.Path + context.Request.QueryString)
        );
        request.Content = new StreamContent(context.Request.Body);
        if (context.Request.Headers.TryGetValue("X-Vault-Token", out var token))
            request.Headers.Add("X-Vault-Token", (string?)token);
        using var answer = await http.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        await context.Response.WriteAsync(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<WebApplication> Loopback(RequestDelegate answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    if (certificate is not null)
                        listen.UseHttps(certificate);
                }
            )
        );
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=vault", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(Noon.AddYears(-1), Noon.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }
}
