using System.Net;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.Playground.Nodes;

/// <summary>
/// People who know nothing of the host but what they see in chat: they look, press, look again, and press again what got no
/// answer.
/// </summary>
/// <param name="of">By which a reader tells whose acts these are.</param>
public sealed class Folk(
    FakeSlackPlatform slack,
    FakeTeamsTenant teams,
    Func<string, string> codeOf,
    Pace pace,
    string of,
    int mostTries = 8
)
{
    public const string CodeLabel = "Code of your own authenticator";

    public FakeSlackPlatform Slack => slack;
    public FakeTeamsTenant Teams => teams;
    public Pace Pace => pace;

    /// <summary>What the last press was answered: on a platform it stands on the card at once.</summary>
    public string Answer { get; set; } = "";

    /// <summary>How often something was typed to a bot in Teams, whose answer is a message that no place in the database knows.</summary>
    public int Typed { get; set; }

    /// <summary>How often something was tried again.</summary>
    public int Repeats { get; private set; }

    /// <summary>The longest that somebody waited until they saw what they wanted to see.</summary>
    public TimeSpan LongestWait { get; private set; }

    /// <summary>The act of that wait.</summary>
    public string LongestAct { get; private set; } = "";

    /// <summary>What the authenticator of a person shows.</summary>
    public string CodeOf(string person) => codeOf(person);

    /// <summary>Somebody tries something until they see that it is done.</summary>
    /// <param name="attempt">Told which try it is, from 1.</param>
    /// <exception cref="GaveUpException">It did not get done.</exception>
    public async Task UntilAsync(string act, Func<bool> seen, Func<int, Task> attempt)
    {
        var tries = new List<string>();
        var began = TimeProvider.System.GetTimestamp();
        while (tries.Count < mostTries)
        {
            await pace.BeginAsync(act);
            Answer = "";
            try
            {
                await attempt(tries.Count + 1);
                tries.Add($"answered {Answer}");
            }
            catch (Exception lost) when (IsLost(lost))
            {
                tries.Add($"{lost.GetType().Name}: {lost.Message}");
            }
            await pace.RestAsync(seen);
            if (seen())
            {
                Repeats += tries.Count - 1;
                if (TimeProvider.System.GetElapsedTime(began) is var waited && waited > LongestWait)
                    (LongestWait, LongestAct) = (waited, act);
                return;
            }
        }
        throw new GaveUpException($"{act} ({of})", tries);
    }

    /// <summary>What is to be pressed may still be on its way.</summary>
    public async Task<T> ThereAsync<T>(Func<T?> find, string missing)
        where T : class
    {
        if (find() is null)
            await pace.RestAsync(() => find() is not null);
        return find() ?? throw new NoAnswerException(missing);
    }

    /// <summary>Does something in Slack, and waits for what was not there before.</summary>
    public async Task<T> NewAsync<T>(
        Func<IEnumerable<string>> there,
        Func<Task<SlackAnswer>> act,
        Func<HashSet<string>, Task<T>> wait
    )
    {
        var before = there().ToHashSet(StringComparer.Ordinal);
        Answered(await pace.PressAsync(act));
        return await pace.WaitAsync(wait(before));
    }

    public static void Answered(SlackAnswer answer)
    {
        if (answer.Status != HttpStatusCode.OK || answer.Errors.Count > 0)
            throw new NoAnswerException($"{answer.Status} {string.Join(' ', answer.Errors.Values)}");
    }

    public static TeamsSeen Answered(TeamsSeen answer) =>
        answer.Status == HttpStatusCode.OK && !answer.Text.Contains("Not now", StringComparison.Ordinal)
            ? answer
            : throw new NoAnswerException($"{answer.Status} {answer.Text}");

    /// <summary>What people meet when a host dies, or a platform misbehaves: no answer, half an answer, a card that has changed meanwhile.</summary>
    private static bool IsLost(Exception lost) =>
        lost
            is HttpRequestException
                or TimeoutException
                or OperationCanceledException
                or NoAnswerException
                or NodeDiedException
                or InvalidOperationException;
}
