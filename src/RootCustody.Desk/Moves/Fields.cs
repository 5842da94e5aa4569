using RootCustody.Chat;
using RootCustody.Moves;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Moves;

/// <summary>What the forms of a move ask for.</summary>
internal static class Fields
{
    public const string TextField = "text";
    public const string CodeField = "code";

    public static Field.Text Code { get; } =
        new(CodeField, "Code of your own authenticator", "The six digits that it shows now.", false, false, 20);

    public static Field.Text Text(string label) =>
        new(TextField, label, "No secret. It stands in the audit log.", false, true, Move.LongestText);

    /// <summary>What is wrong with a text; empty if nothing is.</summary>
    public static Dictionary<string, string> Faults(this Click click)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (click.Plain(TextField).Length is < Move.ShortestText or > Move.LongestText)
            faults[TextField] = $"Say it in {Move.ShortestText} to {Move.LongestText} characters.";
        return faults;
    }

    /// <summary>Takes the code, which counts once: so this comes after everything else that could be wrong.</summary>
    /// <returns>The form with what is wrong; null if it is right.</returns>
    public static async Task<Reply?> WhyNotProvenAsync(
        this IStepUp stepUp,
        PersonId person,
        Click click,
        Form form,
        CancellationToken cancellationToken
    )
    {
        var code = click.Inputs.GetValueOrDefault(CodeField, "");
        var proof = await stepUp.CheckAsync(person, code, cancellationToken);
        return proof == StepUpOutcome.Passed
            ? null
            : new Reply.Corrected(
                form,
                new Dictionary<string, string>(StringComparer.Ordinal) { [CodeField] = Sentences.For(proof) }
            );
    }
}
