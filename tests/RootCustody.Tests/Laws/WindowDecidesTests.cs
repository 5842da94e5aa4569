namespace RootCustody.Tests.Laws;

/// <summary>Law 5: nothing is shown outside opens &lt;= now &lt; closes, whatever the jobs did or did not do.</summary>
[Trait("Law", "5")]
public class WindowDecidesTests
{
    [Fact]
    public void Nothing_is_shown_outside_the_window() => Breach.Never(Outside);

    [Fact]
    public void Nothing_is_shown_outside_the_window_when_every_job_has_stopped() =>
        Breach.Never(Outside, Command.Without(Act.OpenDue, Act.ExpireDue));

    [Fact]
    public void The_law_finds_a_window_that_stays_open_until_the_job_comes() =>
        Breach.IsFoundWith(Hole.TheJobDecides, Outside);

    internal static string? Outside(World world) =>
        world
            .Chronicle.Seen.Where(s => s.Request is not null)
            .Where(s =>
                s.AfterTheEnd
                || !world.Chronicle.Opened.Exists(o => o.Request == s.Request && o.At <= s.At && s.At < o.Until)
            )
            .Select(s => $"{s.Who} was shown the {s.Half} at {s.At:T}.")
            .FirstOrDefault();
}
