namespace RootCustody.Playground.Nodes;

/// <summary>Makes a point of each answer to a platform: before its first byte is written, and after its last.</summary>
internal sealed class AnswerPoints(DeathPoints points, Traffic traffic) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(AroundAsync);
            next(app);
        };

    private async Task AroundAsync(HttpContext context, RequestDelegate next)
    {
        using var underWay = traffic.Begin();
        var answer = $"the answer to {context.Request.Path.Value?[1..]}";
        context.Response.OnStarting(() => points.PassAsync("before", answer));
        await next(context);
        await context.Response.CompleteAsync();
        await points.PassAsync("after", answer);
    }
}
