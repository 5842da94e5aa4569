using RootCustody.Reveals;

namespace RootCustody.Chat;

/// <summary>The one place on which one click can be answered with a half: seen by that person alone and never part of a stored message (design 5). Lives in memory only.</summary>
public abstract class RevealSurface
{
    /// <summary>Whether it has a way to offer the half, which is then shown with one more press.</summary>
    public virtual bool CanOffer => false;

    /// <summary>Offers the half, where it can.</summary>
    /// <returns>False if it failed: the half is then shown here.</returns>
    public virtual Task<bool> OfferAsync(Card offer, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Shows the half now. May be called once.</summary>
    /// <returns><see cref="RevealOutcome.NotShown"/> only if it is certain that no byte of the half reached the platform (law 4).</returns>
    public abstract Task<RevealOutcome> ShowAsync(Showing showing, CancellationToken cancellationToken);

    /// <summary>Whether the platform lets us take the half off the screen at all.</summary>
    public virtual bool CanRemove => true;

    /// <summary>Takes the half off the screen as far as the platform lets us.</summary>
    public abstract Task<Removal> RemoveAsync(CancellationToken cancellationToken);
}

/// <summary>What stands on a reveal surface for its time. Not a record: it must not print, and it does not own its secrets.</summary>
/// <param name="title">At most 24 characters (Slack), without secret.</param>
/// <param name="sentence">Said above the half.</param>
/// <param name="until">When it has to be gone.</param>
/// <param name="hide">The choice with which the holder ends it earlier.</param>
public sealed class Showing(
    string title,
    string sentence,
    IReadOnlyList<ShownLine> lines,
    DateTimeOffset until,
    Choice hide
)
{
    public string Title => title;
    public string Sentence => sentence;
    public IReadOnlyList<ShownLine> Lines => lines;
    public DateTimeOffset Until => until;
    public Choice Hide => hide;
}

/// <summary>A half, or an enrolment seed, with the word that stands before it. Drawn as literal text, byte for byte.</summary>
/// <param name="scan">What an authenticator scans instead of having the value typed in; drawn above the value.</param>
/// <param name="goodUntil">The first moment at which it is worth nothing any more, if it dies by itself.</param>
public sealed class ShownLine(string label, Secret value, QrMatrix? scan = null, DateTimeOffset? goodUntil = null)
{
    public DateTimeOffset? GoodUntil => goodUntil;
    public string Label => label;
    public Secret Value => value;
    public QrMatrix? Scan => scan;
}
