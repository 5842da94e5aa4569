namespace RootCustody.Playground.Nodes;

/// <summary>What one person does in a ceremony, and by what they see that it is done.</summary>
/// <param name="Act">What a reader calls it.</param>
/// <param name="By">Whoever does it.</param>
/// <param name="Word">What they type to see how it stands.</param>
/// <param name="Button">What they press.</param>
/// <param name="Said">What they are answered.</param>
/// <param name="Stands">What stands on a card once it is done; looked for where the answer was lost.</param>
public sealed record Deed(string Act, Chair By, string Word, string Button, string Said, string Stands)
{
    /// <summary>By which they know the card that they were sent; null if none is sent, so that they have to type.</summary>
    public string? Sent { get; init; }

    /// <summary>What they fill in; null if no form is asked. Made anew at each try, for a code counts once.</summary>
    public Func<(string Label, string Value)[]>? Inputs { get; init; }

    /// <summary>Whether a code of their authenticator is among it.</summary>
    public bool WithCode { get; init; }
}

/// <summary>People who move a ceremony on.</summary>
public sealed class Deeds(Folk folk)
{
    /// <summary>First on the card that came by itself; if that leads to nothing they type, look, and press what is there then.</summary>
    public Task DoAsync(Deed deed) =>
        folk.UntilAsync(
            deed.Act,
            () => Has(folk.Answer, deed.Said) || Has(folk.Answer, deed.Stands),
            time => TryAsync(deed, time)
        );

    private async Task TryAsync(Deed deed, int time)
    {
        if (time > 1 && deed.WithCode)
            await folk.Pace.NewCodeAsync();
        SeenCard? card = null;
        if (time == 1 && deed.Sent is { } sent)
            card = await folk.ThereAsync(
                () => deed.By.Newest(sent, deed.Button),
                $"Nobody sent the card with {deed.Button}."
            );
        card ??= await deed.By.TypeAsync(deed.Word);
        if (Has(card.Text, deed.Stands))
            folk.Answer = card.Text; // it was done, and the answer lost
        else if (card.Buttons.Contains(deed.Button, StringComparer.Ordinal))
            folk.Answer = await card.Press(deed.Button, deed.Inputs?.Invoke());
        else
            throw new NoAnswerException($"There is no {deed.Button} on: {card.Text}");
    }

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.Ordinal);
}
