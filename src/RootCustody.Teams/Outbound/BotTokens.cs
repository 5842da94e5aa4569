using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using RootCustody.Chat;

namespace RootCustody.Teams.Outbound;

/// <summary>The bearer token of each bot, by client credentials, kept until shortly before it ends.</summary>
/// <remarks>Microsoft.Identity.Client takes no authority over plain HTTP, so it could not speak to a local stand-in; this is the one call that is needed.</remarks>
internal sealed class BotTokens(IHttpClientFactory http, TeamsSettings settings, TimeProvider clock) : IDisposable
{
    public const string Client = "RootCustody.Teams.Tokens";
    private const string Scope = "https://api.botframework.com/.default";
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim one = new(1);
    private readonly Dictionary<Bot, (string Token, DateTimeOffset Until)> kept = [];

    /// <exception cref="ChatException">There is no token.</exception>
    public async Task<string> OfAsync(Bot bot, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (kept.TryGetValue(bot, out var token) && clock.GetUtcNow() < token.Until)
                return token.Token;
            var fresh = await FetchAsync(bot, cancellationToken);
            var life = TimeSpan.FromSeconds(fresh.ExpiresIn);
            kept[bot] = (fresh.AccessToken, clock.GetUtcNow() + (life > Early * 2 ? life - Early : life / 2));
            return fresh.AccessToken;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>The platform refused it, whatever its life says.</summary>
    public async Task DropAsync(Bot bot, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        kept.Remove(bot);
        one.Release();
    }

    public void Dispose() => one.Dispose();

    private async Task<TokenAnswer> FetchAsync(Bot bot, CancellationToken cancellationToken)
    {
        var app = settings.Of(bot);
        var address = new Uri(settings.Authority, $"{Uri.EscapeDataString(app.TenantId)}/oauth2/v2.0/token");
        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"),
            new("client_id", app.AppId),
            new("client_secret", app.ClientSecret),
            new("scope", Scope),
        ]);
        try
        {
            using var answer = await http.CreateClient(Client).PostAsync(address, form, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                throw new ChatException(
                    ChatFailure.Unreachable,
                    $"token_{(int)answer.StatusCode}",
                    RetryAfter.Of(
                        answer.Headers.RetryAfter?.Delta,
                        answer.Headers.RetryAfter?.Date,
                        answer.Headers.Date ?? clock.GetUtcNow()
                    )
                );
            return await answer.Content.ReadFromJsonAsync<TokenAnswer>(cancellationToken)
                ?? throw new ChatException(ChatFailure.Unreachable, "token_empty");
        }
        catch (Exception broken) when (broken is HttpRequestException or JsonException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ChatException(ChatFailure.Unreachable, "token_unreachable", inner: broken);
        }
    }

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token"), JsonRequired] string AccessToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn
    );
}
