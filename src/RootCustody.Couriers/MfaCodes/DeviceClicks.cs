using RootCustody.Chat;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;
using RootCustody.Data.Databases;
using RootCustody.People;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>What can be pressed at the MFA courier's bot about devices. Seeds get in here and nowhere else.</summary>
public sealed class DeviceClicks(
    TakeSeed takeSeed,
    VouchForDevice vouchFor,
    IStepUp stepUp,
    CompareJournals journals,
    DatabaseTime clock
) : ICourierClicks
{
    public Half Half => Half.Mfa;

    public async Task<Reply?> AnswerAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        try
        {
            return (click.Action, click.Submits, Id.Read<DeviceId>(click.Subject)) switch
            {
                (Actions.Device, false, _) => Begin(click),
                (Actions.Device, true, _) => await BringInAsync(person, click, cancellationToken),
                (Actions.Retire, false, _) => new Reply.Asked(DeviceForms.Retire()),
                (Actions.Retire, true, _) => await RetireAsync(person, click, cancellationToken),
                (Actions.Vouch, _, { } id) => await VouchAsync(person, click, id, cancellationToken),
                (Actions.Disown, _, { } id) => Say(
                    await vouchFor.TurnDownAsync(id, person.Id, click.By, cancellationToken)
                ),
                _ => null,
            };
        }
        catch (VaultException refused)
        {
            return new Reply.Said($"Not now: {refused.Message} Try it again afterwards.");
        }
        catch (StepUpAwayException away)
        {
            return new Reply.Said($"Not now: {away.Message} Try it again afterwards."); // a vault of its own
        }
    }

    private static Reply Begin(Click click)
    {
        using var typed = SeedText.Read(click.Inputs.GetValueOrDefault("text", "")) as SeedText.Accepted;
        return typed is null
            ? new Reply.Asked(DeviceForms.BringIn())
            : new Reply.Said(
                "That was a seed, in a message that stays. Delete the message, remove that device at AWS, and set up a new one. Then type device and nothing else: the form asks for the seed."
            );
    }

    private async Task<Reply> BringInAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var form = DeviceForms.BringIn();
        if (clock.Doubt is { } doubt)
            return new Reply.Said($"Not now: {doubt} Try it again afterwards."); // the codes could not be checked
        if (await journals.WhyClosedAsync(cancellationToken) is { } closed)
            return new Reply.Said($"Not now: {closed.Message} Try it again afterwards.");
        var read = SeedText.Read(click.TextOf(DeviceForms.Seed));
        if (read is SeedText.Refused unreadable)
            return DeviceForms.Wrong(form, DeviceForms.Seed, unreadable.Why);
        using var seed = (SeedText.Accepted)read;
        var codes = (click.TextOf(DeviceForms.First), click.TextOf(DeviceForms.Second));
        // asked before the step-up, so that a slip of the finger costs none of its codes
        if (takeSeed.WhyUnproven(seed.Seed, codes) is { } unproven)
            return DeviceForms.Wrong(form, unproven.Field, unproven.Why);
        if (await stepUp.WhyNotProvenAsync(person, click, form, cancellationToken) is { } refused)
            return refused;

        var outcome = await takeSeed.HandleAsync(
            click.TextOf(DeviceForms.Account),
            click.TextOf(DeviceForms.Label),
            seed,
            codes,
            person.Id,
            click.By,
            cancellationToken
        );
        return outcome switch
        {
            TakeSeed.Outcome.Taken taken => new Reply.Said(
                $"The seed is in the vault and never comes out again; only codes do. {TwoCodes.Say(taken.Drift)} {VouchForDevice.SayAsked(taken.Asked)} Until then it makes no codes."
            ),
            TakeSeed.Outcome.Refused wrong => DeviceForms.Wrong(form, wrong.Field, wrong.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<Reply> RetireAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var form = DeviceForms.Retire();
        if (await stepUp.WhyNotProvenAsync(person, click, form, cancellationToken) is { } refused)
            return refused;
        return Say(
            await vouchFor.RetireAsync(
                click.TextOf(DeviceForms.Account),
                click.TextOf(DeviceForms.Label),
                person.Id,
                click.By,
                cancellationToken
            )
        );
    }

    private async Task<Reply> VouchAsync(Person person, Click click, DeviceId id, CancellationToken cancellationToken)
    {
        var (device, why) = await vouchFor.LookAsync(id, person.Id, click.By, cancellationToken);
        if (device is null)
            return new Reply.Said(why!);
        var form = DeviceForms.Vouch(device);
        if (!click.Submits)
            return new Reply.Asked(form);
        return await stepUp.WhyNotProvenAsync(person, click, form, cancellationToken)
            ?? Say(await vouchFor.HandleAsync(id, click.TextOf(KeyForms.Seal), person.Id, click.By, cancellationToken));
    }

    private static Reply Say(VouchForDevice.Outcome outcome) =>
        outcome switch
        {
            VouchForDevice.Outcome.Done done => new Reply.Said(done.Sentence),
            VouchForDevice.Outcome.Refused refused => new Reply.Said(refused.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
