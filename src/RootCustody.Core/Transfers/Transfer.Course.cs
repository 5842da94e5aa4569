namespace RootCustody.Transfers;

/// <summary>Whose turn it is from this moment on: nobody's, one side's, or that of both.</summary>
public sealed class TransferTurn
{
    private TransferTurn() { }

    /// <summary>From 1.</summary>
    public int Number { get; private set; }

    public DateTimeOffset At { get; private set; }
    public bool Customer { get; private set; }
    public bool Provider { get; private set; }

    public bool Is(TransferSide side) => side == TransferSide.Customer ? Customer : Provider;

    internal static TransferTurn Of(int number, DateTimeOffset at, bool customer, bool provider) =>
        new()
        {
            Number = number,
            At = at,
            Customer = customer,
            Provider = provider,
        };
}

public sealed partial class Transfer
{
    /// <summary>Whether a step is done.</summary>
    public bool IsDone(TransferStep step) =>
        step switch
        {
            TransferStep.Agreed => AgreedAt is not null || NewestOf(step) is { Settles: true },
            TransferStep.Receiver or TransferStep.Invoices => NewestOf(step) is { Settles: true },
            TransferStep.Asked => Handover is not null && HandoverFailedAt is null,
            TransferStep.HandedOver => HandedOverAt is not null,
            TransferStep.Received => ReceivedAt is not null,
            TransferStep.Destroyed => IsToBeDestroyed
                && PasswordsDestroyedAt is not null
                && SeedsDestroyedAt is not null,
            TransferStep.Certified => CertifiedAt is not null,
        };

    /// <summary>Whether a step can be done now: it is open, and what comes before it is done.</summary>
    public bool IsNext(TransferStep step) => IsReached(step) && !(step == TransferStep.Destroyed && IsToBeDestroyed); // the rest is the couriers'

    private bool IsReached(TransferStep step) =>
        !IsOver
        && !IsDone(step)
        && (step <= TransferStep.Invoices || TransferSteps.All.Where(s => s < step).All(IsDone));

    /// <summary>Who has to do something for a step that can be done now.</summary>
    public TransferSide SideOf(TransferStep step) =>
        step switch
        {
            TransferStep.Agreed when IsSoleContact => TransferSide.Provider,
            TransferStep.Agreed or TransferStep.Asked or TransferStep.Received => TransferSide.Customer,
            TransferStep.Invoices when NewestOf(step) is { Holds: false } => TransferSide.Customer,
            _ => TransferSide.Provider,
        };

    /// <summary>Whether it waits for this side now. In two halves both hand it over: the one approves, and contacts of the other do it; and either can give the second word that it was.</summary>
    public bool WaitsFor(TransferSide side) =>
        TransferSteps.All.Any(step =>
            IsReached(step)
            && (SideOf(step) == side || (step == TransferStep.HandedOver && (InHalves || AwaitsSecondWord)))
        );

    /// <summary>How long it has waited for this side until now. Where both could act it counts for both, so that neither can point at the other.</summary>
    public TimeSpan Waited(TransferSide side, DateTimeOffset now)
    {
        var waited = TimeSpan.Zero;
        var ordered = turns.OrderBy(t => t.Number).ToList();
        foreach (var (turn, next) in ordered.Zip(ordered.Skip(1).Select(t => t.At).Append(now)))
        {
            if (turn.Is(side) && next > turn.At)
                waited += next - turn.At;
        }
        return waited;
    }

    private void Turn(DateTimeOffset now)
    {
        var (customer, provider) = (WaitsFor(TransferSide.Customer), WaitsFor(TransferSide.Provider));
        if (turns.MaxBy(t => t.Number) is { } last && (last.Customer, last.Provider) == (customer, provider))
            return;
        turns.Add(TransferTurn.Of(turns.Count + 1, now, customer, provider));
    }
}
