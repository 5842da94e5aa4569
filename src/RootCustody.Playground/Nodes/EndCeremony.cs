using RootCustody.Chat;

namespace RootCustody.Playground.Nodes;

/// <summary>An account was closed at AWS: two administrators say so, and once AWS cannot reopen it they end it, and the couriers destroy its secrets.</summary>
public sealed class EndCeremony(Folk folk, CeremonyCompany company)
{
    private readonly SlackChair abe = new(folk, CeremonyCompany.Abe);
    private readonly TeamsChair ada = new(folk, CeremonyCompany.Ada);
    private readonly string account = company.Teams[0].Account;

    /// <inheritdoc cref="TransferCeremony.Once"/>
    public static IReadOnlyList<string> Once { get; } =
    ["account.closed", "account.ended", "account.destroyed Password", "account.destroyed Mfa"];

    /// <exception cref="GaveUpException">It did not end.</exception>
    public async Task PlayAsync()
    {
        await OrderAsync("close-account", $"Close account {account}");
        await folk.Pace.PassAsync(Accounts.Ending.MayReopenFor);
        await OrderAsync("end-account", $"End account {account}");
        await folk.UntilAsync("The couriers destroy its secrets", IsDestroyed, _ => LookAsync());
    }

    /// <param name="change">How the proposal describes it.</param>
    private async Task OrderAsync(string order, string change)
    {
        await folk.UntilAsync(
            $"Abe orders {order}",
            () => ada.Newest(change, "Confirm") is not null,
            time => TypeAsync($"admin {order} {account}", time)
        );
        await folk.UntilAsync($"Ada confirms {order}", () => IsMade(change), time => ConfirmAsync(change, time));
    }

    private async Task TypeAsync(string order, int time)
    {
        if (time > 1)
            await folk.Pace.NewCodeAsync();
        folk.Answer = await abe.FillAsync(order, (Folk.CodeLabel, folk.CodeOf("abe")));
    }

    private async Task ConfirmAsync(string change, int time)
    {
        if (time > 1)
            await folk.Pace.NewCodeAsync();
        var card = await folk.ThereAsync(() => ada.Newest(change, "Confirm"), $"Ada has no card with: {change}");
        folk.Answer = await card.Press("Confirm", [(Folk.CodeLabel, folk.CodeOf("ada"))]);
    }

    private bool IsMade(string change) =>
        folk
            .Teams.Connector.ChatOf(CeremonyCompany.Ada, Bot.Desk)
            .Any(m =>
                m.Text.Contains(change, StringComparison.Ordinal)
                && m.Text.Contains("made, confirmed by", StringComparison.Ordinal)
            );

    private async Task LookAsync()
    {
        await folk.Pace.SweepAsync();
        await folk.Pace.RestAsync(() => true);
        folk.Answer = (await abe.TypeAsync($"register {account}")).Text;
    }

    private bool IsDestroyed() =>
        folk.Answer.Contains("Ended: password destroyed", StringComparison.Ordinal)
        && folk.Answer.Contains("Ended: MFA destroyed", StringComparison.Ordinal);
}
