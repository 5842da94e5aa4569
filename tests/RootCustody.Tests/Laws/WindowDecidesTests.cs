namespace RootCustody.Tests.Laws;

/// <summary>Law 5: nothing is shown outside opens &lt;= now &lt; closes, whatever the jobs did or did not do.</summary>
[Trait("Law", "5")]
public class WindowDecidesTests
{
    [Fact]
    public void Nothing_is_shown_outside_the_window_when_every_job_has_stopped() =>
        Breach.Never(
            Lawbook.Outside.Breach,
            Command.Without(Act.OpenDue, Act.ExpireDue, Act.EscalateDue, Act.SettleFrozen)
        );

    [Fact]
    public void The_law_finds_a_window_that_stays_open_until_the_job_comes() =>
        Breach.IsFoundWith(Hole.TheJobDecides, Lawbook.Outside.Breach);
}
