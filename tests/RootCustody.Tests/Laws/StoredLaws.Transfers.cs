using RootCustody.Audit;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Transfers;

namespace RootCustody.Tests.Laws;

/// <summary>What holds while the account leaves custody, and after it has.</summary>
internal sealed partial record StoredLaws
{
    /// <summary>Laws 1 and 12: what goes to two contacts goes to these, one half each, and what does not goes to no contact.</summary>
    private string? ToItsContacts() =>
        Exposures.FirstOrDefault(e =>
            e.Outcome != RevealOutcome.NotShown
            && e.Request is { } id
            && Requests.Single(r => r.Id == id) is var request
            && (
                request.Task == RootTask.HandOverInHalves.Id
                    ? request.PasswordReceiver == request.MfaReceiver
                        || e.Person != (e.Half == Half.Password ? request.PasswordReceiver : request.MfaReceiver)
                    : World.IsContact(e.Person)
            )
        )
            is { } shown
            ? $"{NameOf(shown.Person)} was shown a half that goes to another."
            : null;

    private string? NothingAfterwards() =>
        Transfers.Any(t =>
            t.HandedOverAt is { } handedOver && Exposures.Any(e => e.Generation > 0 && e.At >= handedOver)
        )
            ? "A half was shown after the account was handed over."
            : null;

    private string? TwoForEachStep() =>
        Transfers.FirstOrDefault(t =>
            t.AgreedBy == t.AskedBy
            || t.Words.Any(w => w.ConfirmedBy == w.By || World.IsContact(w.By))
            || (t.HandedOverAt is not null && SaidHandedOver(t).Distinct().Count() < 2)
        )
            is { } transfer
            ? $"One person said and confirmed a step of {transfer.Name}."
            : null;

    /// <summary>Whoever has said that the account was handed over, since that was last asked for; a contact who says Received says so too.</summary>
    private IEnumerable<string> SaidHandedOver(Transfer transfer)
    {
        var entries = Audit
            .Select(e => AuditText.Read(e))
            .Where(e => e.GetValueOrDefault("transfer") == transfer.Id.ToString());
        var since = entries.Reverse().TakeWhile(e => e["what"] is not ("transfer.handover-asked" or "transfer.failed"));
        return since
            .Where(e => e["what"] is "transfer.said-handed-over" or "transfer.received")
            .Select(e => e["actor"]);
    }

    private string? NothingDestroyedBefore() =>
        Transfers.FirstOrDefault(t =>
            (t.PasswordsDestroyedAt ?? t.SeedsDestroyedAt ?? t.CertifiedAt) is not null
            && (
                t.HandedOverAt is null
                || t.ReceivedBy is not { } by
                || !World.IsContact(by)
                || new[] { TransferStep.Receiver, TransferStep.Destroyed }.Any(step =>
                    !t.Words.Any(w => w.Step == step && w.ConfirmedBy is not null)
                )
                || (t.CertifiedAt is not null && (t.PasswordsDestroyedAt is null || t.SeedsDestroyedAt is null))
            )
        )
            is { } transfer
            ? $"Something was destroyed in {transfer.Name} before its time."
            : null;
}
