using Microsoft.Extensions.Http;

namespace RootCustody.Playground.Nodes;

/// <summary>Makes a point of each call that goes out, whichever client makes it: before it is sent, and after its answer arrived.</summary>
internal sealed class CallPoints(DeathPoints points, Traffic traffic) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) =>
        builder =>
        {
            next(builder);
            builder.AdditionalHandlers.Add(new Handler(points, traffic));
        };

    private sealed class Handler(DeathPoints points, Traffic traffic) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            using var underWay = traffic.Begin();
            var call = $"the call {NameOf(request)}";
            await points.PassAsync("before", call);
            var answer = await base.SendAsync(request, cancellationToken);
            await points.PassAsync("after", call);
            return answer;
        }

        private static string NameOf(HttpRequestMessage request)
        {
            var path = request.RequestUri!.AbsolutePath;
            return path.StartsWith("/api/", StringComparison.Ordinal) ? $"Slack {path["/api/".Length..]}"
                : path.StartsWith("/v3/", StringComparison.Ordinal) ? $"Teams {request.Method}"
                : path.StartsWith("/openid/", StringComparison.Ordinal) ? $"Teams {path[1..]}"
                : path.EndsWith("/token", StringComparison.Ordinal) ? "Teams token"
                : "Slack response_url"; // whose path is a secret
        }
    }
}
