using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>What can be pressed or typed at the MFA courier's bot about keys that the group keeps itself.</summary>
public sealed class KeyClicks(RegisterKey register, ReturnKey returnKey, IStepUp stepUp, CompareJournals journals)
    : ICourierClicks
{
    public Half Half => Half.Mfa;

    public async Task<Reply?> AnswerAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        try
        {
            return (click.Action, click.Submits) switch
            {
                (Actions.Key, false) => new Reply.Asked(KeyForms.Register()),
                (Actions.Key, true) => await RegisterAsync(person, click, cancellationToken),
                (Actions.Move, false) => new Reply.Asked(KeyForms.Move()),
                (Actions.Move, true) => await MoveAsync(person, click, cancellationToken),
                (Actions.Sealed, _) => await ReturnAsync(person, click, cancellationToken),
                (Actions.Broken, false) => new Reply.Asked(KeyForms.Broken()),
                (Actions.Broken, true) => await ReportAsync(person, click, cancellationToken),
                _ => null,
            };
        }
        catch (VaultException refused)
        {
            return NotNow(refused.Message);
        }
        catch (StepUpAwayException away)
        {
            return NotNow(away.Message); // a vault of its own
        }
    }

    private async Task<Reply> RegisterAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var form = KeyForms.Register();
        if (await journals.WhyClosedAsync(cancellationToken) is { } closed)
            return NotNow(closed.Message);
        if (!Enum.TryParse<DeviceKind>(click.TextOf(KeyForms.Kind), out var kind) || !KeyForms.Kinds.Contains(kind))
            return DeviceForms.Wrong(form, KeyForms.Kind, "Pick one of these.");
        return await stepUp.WhyNotProvenAsync(person, click, form, cancellationToken)
            ?? Say(
                form,
                await register.HandleAsync(
                    click.TextOf(DeviceForms.Account),
                    click.TextOf(DeviceForms.Label),
                    kind,
                    TypedIn(click),
                    person.Id,
                    click.By,
                    cancellationToken
                )
            );
    }

    private async Task<Reply> MoveAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var form = KeyForms.Move();
        if (await journals.WhyClosedAsync(cancellationToken) is { } closed)
            return NotNow(closed.Message);
        return await stepUp.WhyNotProvenAsync(person, click, form, cancellationToken)
            ?? Say(
                form,
                await register.MoveAsync(
                    click.TextOf(DeviceForms.Account),
                    click.TextOf(DeviceForms.Label),
                    TypedIn(click),
                    person.Id,
                    click.By,
                    cancellationToken
                )
            );
    }

    private async Task<Reply> ReturnAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var id = Id.Read<DeviceId>(click.Subject);
        var label = id is null ? null : await returnKey.LabelAsync(id.Value, person.Id, cancellationToken);
        if (id is not null && label is null)
            return new Reply.Said(Sentences.For(Refusal.NotYourKey));
        var form = KeyForms.Sealed(click.Subject, label);
        if (!click.Submits)
            return new Reply.Asked(form);
        if (click.TextOf(KeyForms.Back) != KeyForms.IsBack)
            return DeviceForms.Wrong(form, KeyForms.Back, "Say so only when it is back in its place.");
        if (await stepUp.WhyNotProvenAsync(person, click, form, cancellationToken) is { } refused)
            return refused;
        return Say(
            form,
            await returnKey.HandleAsync(
                id,
                NamesIn(click),
                click.TextOf(KeyForms.Seal),
                person.Id,
                click.By,
                cancellationToken
            )
        );
    }

    private async Task<Reply> ReportAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var form = KeyForms.Broken();
        return await stepUp.WhyNotProvenAsync(person, click, form, cancellationToken)
            ?? Say(
                form,
                await returnKey.ReportAsync(
                    NamesIn(click),
                    click.TextOf(KeyForms.Found),
                    person.Id,
                    click.By,
                    cancellationToken
                )
            );
    }

    private static Reply Say(Form form, RegisterKey.Outcome outcome) =>
        outcome switch
        {
            RegisterKey.Outcome.Taken taken => new Reply.Said(
                $"It is in the register. {VouchForDevice.SayAsked(taken.Asked)} They type the number of the seal that they see on it."
            ),
            RegisterKey.Outcome.Refused wrong => DeviceForms.Wrong(form, wrong.Field, wrong.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Reply Say(Form form, ReturnKey.Outcome outcome) =>
        outcome switch
        {
            ReturnKey.Outcome.Done done => new Reply.Said(done.Sentence),
            // a form that was opened by a button has no field for account and name
            ReturnKey.Outcome.Refused wrong when form.Fields.Any(f => f.Id == wrong.Field) => DeviceForms.Wrong(
                form,
                wrong.Field,
                wrong.Why
            ),
            ReturnKey.Outcome.Refused wrong => new Reply.Said(wrong.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Reply NotNow(string why) => new Reply.Said($"Not now: {why} Try it again afterwards.");

    private static RegisterKey.Typed TypedIn(Click click) =>
        new(click.TextOf(KeyForms.Place), click.TextOf(KeyForms.Seal), click.TextOf(KeyForms.Keeper));

    private static (string Account, string Label) NamesIn(Click click) =>
        (click.TextOf(DeviceForms.Account), click.TextOf(DeviceForms.Label));
}
