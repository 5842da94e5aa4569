using Microsoft.EntityFrameworkCore;

namespace RootCustody.Data.Chat;

/// <summary>Forgets the keys of clicks that no platform delivers again: a signature lives 5 minutes, Slack's last retry comes within a day.</summary>
public sealed class ForgetClicks(CustodyDb db)
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(2);

    public Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var before = db.Now - Keep;
        return db.DecideAsync(
            () => db.SeenClicks.Where(s => s.At < before).ExecuteDeleteAsync(cancellationToken),
            cancellationToken
        );
    }
}
