using RootCustody.Chat;

namespace RootCustody.Playground.Nodes;

/// <summary>A new password that two custodians put in place, from their cards to the word of both.</summary>
/// <param name="account">Its number.</param>
public sealed class PasswordCeremony(Folk folk, string account)
{
    private const string Changed = "Password is changed";

    private readonly Holders holders = new(folk);
    private readonly HashSet<string> over = [];

    /// <param name="which">By which a reader tells its acts from those of another.</param>
    /// <exception cref="GaveUpException">It did not end.</exception>
    public async Task PlayAsync(string which, Custodian password, Custodian mfa)
    {
        var title = await TitleAsync(password);
        over.Add(title);
        var (one, other) = (password.InTeams.Name, mfa.InTeams.Name);
        await holders.TakeAsync($"{one} takes the {which} password", password, title, "Rotate");
        await holders.TakeAsync($"{other} watches over the {which} password", mfa, title, "Rotate");
        await holders.RevealPasswordAsync($"{one} reveals the {which} password", password, title);
        await folk.UntilAsync(
            $"{one} put the {which} password in place",
            () => holders.HasSaid(password, title, Changed),
            _ => holders.PressAsync(password, title, Changed)
        );
        await folk.UntilAsync(
            $"{other} saw the {which} password sign in",
            () => holders.Sees(mfa, title, $"{title}: closed"),
            _ => holders.PressAsync(mfa, title, Changed)
        );
    }

    /// <summary>What the request is called: on the newest card that its custodian was sent.</summary>
    private async Task<string> TitleAsync(Custodian custodian)
    {
        var card = await folk.ThereAsync(
            () =>
                folk
                    .Teams.Connector.ChatOf(custodian.InTeams, Bot.Desk)
                    .LastOrDefault(m =>
                        m.Text.StartsWith("Rotation", StringComparison.Ordinal)
                        && m.Text.Contains(account, StringComparison.Ordinal)
                        && !over.Contains(Holders.TitleOf(m))
                    ),
            $"{custodian.Key} has no card of the rotation."
        );
        return Holders.TitleOf(card);
    }
}
