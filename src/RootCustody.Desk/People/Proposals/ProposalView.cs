using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People.Proposals;

/// <summary>A proposal with the names that people know its parts by.</summary>
/// <param name="ProposedBy">Null for the command line.</param>
internal sealed record ProposalView(
    Proposal Proposal,
    string? ProposedBy,
    string? First,
    string? Second,
    string? RejectedBy
)
{
    private const int MostLines = 12;
    private const int LongestLine = 600;

    public string Subject => Proposal.Id.ToString();

    /// <summary>What it would change, as far as it can be shown.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            var lines = Proposal.Change.Split('\n');
            var shown = lines.Take(MostLines).Select(l => l.Length <= LongestLine ? l : l[..LongestLine] + "…");
            return lines.Length <= MostLines
                ? [.. shown]
                : [.. shown, $"… and {lines.Length - MostLines} more, as the command line listed them."];
        }
    }

    public static async Task<ProposalView> OfAsync(CustodyDb db, Proposal proposal, CancellationToken cancellationToken)
    {
        var ids = new[] { proposal.ProposedBy, proposal.First, proposal.Second, proposal.RejectedBy }
            .OfType<PersonId>()
            .ToList();
        var names = await db
            .People.Where(p => ids.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);

        string? NameOf(PersonId? id) => id is { } known ? names[known] : null;
        return new ProposalView(
            proposal,
            NameOf(proposal.ProposedBy),
            NameOf(proposal.First),
            NameOf(proposal.Second),
            NameOf(proposal.RejectedBy)
        );
    }
}
