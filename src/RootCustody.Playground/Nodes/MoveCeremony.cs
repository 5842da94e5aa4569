namespace RootCustody.Playground.Nodes;

/// <summary>The root mailbox goes from Kurt to Petra: two administrators and both of them move it on.</summary>
public sealed class MoveCeremony(Folk folk, CeremonyCompany company)
{
    private const string Why = "Kurt goes to another team.";
    private const string Done = "Password changed, rules removed.";
    private const string Tried = "Test mail seen in the mailbox.";
    private const string Label = "aws@ in the care of Petra";

    private readonly Team team = company.Teams[0];
    private readonly Deeds deeds = new(folk);

    private string Word => $"channel {team.Account}";

    /// <inheritdoc cref="TransferCeremony.Once"/>
    public static IReadOnlyList<string> Once { get; } = ["move.begun", "move.handed-over", "move.taken", "move.ended"];

    /// <exception cref="GaveUpException">It did not end.</exception>
    public async Task PlayAsync()
    {
        await deeds.DoAsync(Begin());
        await deeds.DoAsync(HandOver());
        await deeds.DoAsync(Take());
        await deeds.DoAsync(End());
    }

    private Deed Begin() =>
        new(
            "Ada begins to move the mailbox",
            new TeamsChair(folk, CeremonyCompany.Ada),
            Word,
            "Move the root mailbox of Kurt",
            "is begun",
            "waits for Kurt"
        )
        {
            WithCode = true,
            Inputs = () =>
                [
                    ("Who will keep it", team.Petra.Key),
                    ("Which one it is then", Label),
                    ("Why", Why),
                    (Folk.CodeLabel, folk.CodeOf("ada")),
                ],
        };

    private Deed HandOver() =>
        new(
            "Kurt hands it over",
            new TeamsChair(folk, CeremonyCompany.Kurt),
            Word,
            "Handed over: root mailbox",
            "Noted",
            Done
        )
        {
            Sent = "waits for Kurt",
            Inputs = () => [("What you did", Done)],
        };

    private Deed Take() =>
        new("Petra has it", new TeamsChair(folk, team.Petra.InTeams), Word, "I have it: root mailbox", "Noted", Tried)
        {
            Sent = $"waits for {team.Petra.InTeams.Name}",
            WithCode = true,
            Inputs = () => [("How you tried it", Tried), (Folk.CodeLabel, folk.CodeOf(team.Petra.Key))],
        };

    private Deed End() =>
        new(
            "Abe confirms it",
            new SlackChair(folk, CeremonyCompany.Abe),
            Word,
            "Confirm: root mailbox",
            "is done",
            $"Kept: root mailbox, {Label}"
        )
        {
            Sent = "waits for another administrator",
            WithCode = true,
            Inputs = () => [(Folk.CodeLabel, folk.CodeOf("abe"))],
        };
}
