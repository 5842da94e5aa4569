using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Reveals;

namespace RootCustody.Desk.People;

/// <summary>A person enrols an authenticator of their own, with a one-time code that came to them another way than this chat account (law 15).</summary>
public sealed class EnrolStepUp(CustodyDb db, IStepUp stepUp, TimeProvider clock)
{
    private const string CodeField = "code";
    private static readonly TimeSpan OnScreen = TimeSpan.FromMinutes(5);

    public static Form AskForCode() =>
        new(
            Actions.Enrol,
            "",
            "Enrol",
            "Continue",
            ["Type the one-time code that you got from an administrator. It works once."],
            [new Field.Text(CodeField, "One-time code", null, false, false, 100)]
        );

    public static Form AskForFirst() =>
        new(
            Actions.Confirm,
            "",
            "Enrol",
            "Finish",
            [],
            [
                new Field.Text(
                    CodeField,
                    "Code of your authenticator",
                    "The six digits that it shows now.",
                    false,
                    false,
                    20
                ),
            ]
        );

    /// <summary>The one-time code was sent: shows the new seed, once.</summary>
    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        if (click.Surface is not { } surface)
            return new Reply.Said("A seed is shown in a private chat with me only. Open one and type: enrol");
        var code = click.Inputs.GetValueOrDefault(CodeField, "");
        if (!await OpensAsync(person, code, cancellationToken))
            return WrongCode();

        // made before the code is spent: a vault that is away must not cost the code
        using var seed = await stepUp.BeginAsync(person.Id, cancellationToken);
        if (!await SpendAsync(person, code, cancellationToken))
            return WrongCode();

        using var qr = QrMaker.OfKey(seed, person.Name);
        var showing = new Showing(
            "Enrol",
            "Scan this code with your authenticator app, or type the key (time based, 6 digits, 30 seconds). It is shown once and is yours alone. Then press I added it.",
            [new ShownLine("Key", seed, qr)],
            clock.GetUtcNow() + OnScreen,
            new Choice(Actions.Confirm, "I added it", "")
        );
        var outcome = await surface.ShowAsync(showing, cancellationToken);
        if (outcome == RevealOutcome.NotShown)
            return new Reply.Said("The key could not be shown. Ask for a new one-time code and try again.");
        _ = RemoveAsync(surface);
        return new Reply.Shown();
    }

    private async Task RemoveAsync(RevealSurface surface)
    {
        await Task.Delay(OnScreen, clock);
        await surface.RemoveAsync(CancellationToken.None);
    }

    private static Reply.Corrected WrongCode()
    {
        var error = "This code is wrong, used or too old. Ask an administrator for a new one.";
        return new Reply.Corrected(
            AskForCode(),
            new Dictionary<string, string>(StringComparer.Ordinal) { [CodeField] = error }
        );
    }

    /// <summary>The first code of the new authenticator was sent.</summary>
    public async Task<Reply> ConfirmAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var outcome = await stepUp.ConfirmAsync(
            person.Id,
            click.Inputs.GetValueOrDefault(CodeField, ""),
            cancellationToken
        );
        if (outcome != StepUpOutcome.Passed)
        {
            var errors = new Dictionary<string, string>(StringComparer.Ordinal) { [CodeField] = Sentences(outcome) };
            return new Reply.Corrected(AskForFirst(), errors);
        }
        return new Reply.Said("Your authenticator is enrolled. From now on each reveal asks for its code.");
    }

    private static string Sentences(StepUpOutcome outcome) => RootCustody.Requests.Sentences.For(outcome);

    private Task<bool> OpensAsync(Person person, string code, CancellationToken cancellationToken) =>
        db.DecideAsync(async () => await WaitingAsync(person, code, cancellationToken) is not null, cancellationToken);

    private Task<bool> SpendAsync(Person person, string code, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                if (await WaitingAsync(person, code, cancellationToken) is not { } waiting)
                    return false;
                db.EnrolmentCodes.Remove(waiting);
                db.Record("stepup.begun", person.Id);
                return true;
            },
            cancellationToken
        );

    private async Task<EnrolmentCode?> WaitingAsync(Person person, string code, CancellationToken cancellationToken)
    {
        var waiting = await db.EnrolmentCodes.SingleOrDefaultAsync(c => c.Person == person.Id, cancellationToken);
        if (waiting?.Opens(code, db.Now) == true)
            return waiting;
        await db.RefusedAsync(person.Id, "stepup.refused", cancellationToken);
        return null;
    }
}
