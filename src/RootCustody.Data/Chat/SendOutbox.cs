using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>Sends what is due in the outbox for the bots that this process plays, each row with its own bot.</summary>
/// <remarks>
/// One commit claims a batch (<see cref="OutboxClaims"/>), one notes each row that was sent: who dies between post and note
/// leaves one card more, not a batch of them. Another commit gives back what was not sent, if there is any.
/// </remarks>
public sealed partial class SendOutbox(
    CustodyDb db,
    IEnumerable<IMessenger> messengers,
    TimeProvider clock,
    Chance chance,
    ILogger<SendOutbox> logger
)
{
    /// <summary>A call that takes longer is cut: no answer. It is more than a token and an answer may take by the time-outs of the platforms' clients.</summary>
    public static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(25);

    /// <summary>So far may the clocks of two nodes lie apart, and so slow may a node be between two lines, without two of them sending at one place.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>How long a claim lasts, and so how long the rows of a dead node wait. A call begins only if it ends within, with the <see cref="Margin"/>.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>Sends up to a batch on one platform. At each place the rows go out in their order; a row that fails holds up its own place only.</summary>
    /// <param name="stopping">Ends it between two rows: a post that has begun is finished and noted, or the next process would post it again.</param>
    /// <returns>How many were sent.</returns>
    public async Task<int> RunAsync(IReadOnlyCollection<Bot> bots, ChatPlatform platform, CancellationToken stopping)
    {
        var claims = await db.ClaimAsync(bots, platform, stopping);
        var waiting = new List<OutboxClaim>();
        var (begun, sent) = (0, 0);
        try
        {
            while (begun < claims.Count && claims[begun].LeavesTimeAt(db.Now))
            {
                stopping.ThrowIfCancellationRequested();
                var claim = claims[begun++];
                switch (await TryAsync(claim))
                {
                    case Sending.Stands stands:
                        await db.NoteAsync(claim, stands.At);
                        sent++;
                        break;
                    case Sending.Failed failed:
                        await db.NoteAsync(claim, failed.Why, chance());
                        break;
                    case Sending.Unreadable:
                        await db.NoteUnreadableAsync(claim);
                        break;
                    case Sending.NotYet:
                        waiting.Add(claim);
                        break;
                }
            }
        }
        finally
        {
            await db.GiveBackAsync([.. claims.Skip(begun)], waiting);
        }
        return sent;
    }

    private async Task<Sending> TryAsync(OutboxClaim claim)
    {
        var row = await db
            .Outbox.AsNoTracking()
            .Include(r => r.Place)
            .SingleOrDefaultAsync(r => r.Id == claim.Row && r.Claim == claim.Number);
        if (row is null)
            return new Sending.Lost();
        if (ReferenceEquals(row.Card, OutboxRow.Unreadable))
            return new Sending.Unreadable();

        var destination = row.Place.Posted is null ? await db.DestinationAsync(row.Place) : null;
        if (row.Place.Posted is null && destination is null)
            return new Sending.NotYet();
        using var measured = Telemetry.Send(row.Bot, row.Place.Platform);
        var sending = await SendAsync(row, destination);
        measured.Outcome = sending is Sending.Failed failed ? failed.Why.Failure.ToString() : "Sent";
        return sending;
    }

    private async Task<Sending> SendAsync(OutboxRow row, Destination? destination)
    {
        using var limit = new CancellationTokenSource(LongestCall, clock);
        try
        {
            return new Sending.Stands(await CallAsync(row, destination, limit.Token));
        }
        catch (ChatException failure)
        {
            return new Sending.Failed(failure);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new Sending.Failed(new ChatException(ChatFailure.Unreachable, "no_answer_in_time"));
        }
#pragma warning disable CA1031 // one poisoned row must not stop the others
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Log.Broken(logger, broken, row.Id);
            return new Sending.Failed(new ChatException(ChatFailure.Broken, broken.GetType().Name));
        }
    }

    private async Task<PostedMessage> CallAsync(
        OutboxRow row,
        Destination? destination,
        CancellationToken cancellationToken
    )
    {
        var messenger = messengers.Single(m => m.Platform == row.Place.Platform);
        if (row.Place.Posted is { } standing)
        {
            await messenger.UpdateAsync(row.Bot, standing, row.Card, cancellationToken);
            return standing;
        }
        var (place, thread) = destination!;
        return await messenger.PostAsync(row.Bot, place, row.Card, thread, cancellationToken);
    }

    /// <summary>What came of one row.</summary>
    private abstract record Sending
    {
        private Sending() { } // closed: these and no other

        public sealed record Stands(PostedMessage At) : Sending;

        public sealed record Failed(ChatException Why) : Sending;

        /// <summary>Its recipient has not met the bot, or its thread has not begun.</summary>
        public sealed record NotYet : Sending;

        /// <summary>What the database has is no card.</summary>
        public sealed record Unreadable : Sending;

        /// <summary>It is another node's by now, or gone.</summary>
        public sealed record Lost : Sending;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Row {Row} of the outbox could not be sent; it is tried again later.")]
        public static partial void Broken(ILogger logger, Exception exception, long row);
    }
}
