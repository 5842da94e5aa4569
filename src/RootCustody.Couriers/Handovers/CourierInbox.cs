using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Data.Databases;
using RootCustody.Data.People;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Couriers.Handovers;

/// <summary>Everything that can be pressed at a courier's bot.</summary>
public sealed class CourierInbox(
    CustodyDb db,
    Reception reception,
    RevealHalf revealHalf,
    IHalfSource source,
    IStepUp stepUp,
    Offers offers,
    Removals removals,
    HideElsewhere hideElsewhere,
    IEnumerable<ICourierClicks> besides,
    DatabaseTime clock
) : IInbox
{
    private const string CodeField = "code";
    private const string PickField = "pick";

    private const string OnlyHalves =
        "I only hand over halves: press Reveal on the message that I sent you. Everything else is done with the RootCustody bot.";

    private const string AndDevices =
        OnlyHalves
        + " But for MFA devices, of which I understand: device (bring in a seed), key (enter a key that the group keeps), move (such a key has another place, seal or keeper), sealed (it is back), broken (its seal was broken), retire (a device is gone at AWS).";

    public async Task<Reply> HandleAsync(Click click, CancellationToken cancellationToken) =>
        await reception.ReceiveAsync(click, cancellationToken) switch
        {
            Received.Refused refused => refused.Reply,
            Received.From from => await AnswerAsync(from.Person, click, cancellationToken),
            Received.Stranger or Received.Gone => new Reply.Nothing(), // only the desk links, and takes leave
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private async Task<Reply> AnswerAsync(Person person, Click click, CancellationToken cancellationToken) =>
        (click.Action, click.Submits, Id.Read<RequestId>(click.Subject)) switch
        {
            _ when Actions.SaysNotMe(click) => await FreezeAsync(person, click, cancellationToken),
            (Actions.Reveal, false, { } id) => await AskAsync(person, click.By, id, cancellationToken),
            (Actions.Reveal, true, { } id) => await ProveAsync(person, id, click, cancellationToken),
            (Actions.Show, _, _) => await ShowAsync(person, click, cancellationToken),
            (Actions.Hide, _, _) => await HideAsync(person, click, cancellationToken),
            _ => await AnswerBesidesAsync(person, click, cancellationToken),
        };

    private async Task<Reply> AnswerBesidesAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        foreach (var clicks in besides.Where(b => b.Half == source.Half))
        {
            if (await clicks.AnswerAsync(person, click, cancellationToken) is { } reply)
                return reply;
        }
        return new Reply.Said(source.Half == Half.Mfa ? AndDevices : OnlyHalves);
    }

    /// <summary>A courier only freezes; what follows from it is the worker's to do.</summary>
    private async Task<Reply> FreezeAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        await db.DecideAsync(
            () => db.FreezeAsync(person.Id, person.Id, click.Bot, click.By, cancellationToken),
            cancellationToken
        );
        return new Reply.Said(FreezePerson.Told);
    }

    /// <summary>The first step of a reveal: asks for the step-up, if the half could be shown at all.</summary>
    private async Task<Reply> AskAsync(
        Person person,
        ChatUser through,
        RequestId id,
        CancellationToken cancellationToken
    ) =>
        clock.Doubt is { } doubt ? new Reply.Said(RevealHalf.NotNow(doubt))
        : await revealHalf.WhyClosedAsync(cancellationToken) is { } closed ? new Reply.Said(closed)
        : await revealHalf.WhyNotAsync(person, through, id, cancellationToken) is { } why
            ? new Reply.Said(Sentences.For(why))
        : new Reply.Asked(await FormAsync(id, null, cancellationToken));

    /// <summary>The second step: the step-up code was sent.</summary>
    private async Task<Reply> ProveAsync(Person person, RequestId id, Click click, CancellationToken cancellationToken)
    {
        if (click.Surface is not { } surface)
            return new Reply.Said(
                "A half is shown in a private chat with me only: press Reveal on the message that I sent you there."
            );
        if (clock.Doubt is { } doubt)
            return new Reply.Said(RevealHalf.NotNow(doubt)); // before the code is used up
        if (await revealHalf.WhyClosedAsync(cancellationToken) is { } closed)
            return new Reply.Said(closed); // no code is used up for nothing
        if (await revealHalf.WhyNotAsync(person, click.By, id, cancellationToken) is { } why)
            return new Reply.Said(Sentences.For(why));
        var picked = PickedIn(click);
        if (await TooLateAsync(id, picked, cancellationToken) is { } wait)
            return await WrongAsync(id, picked, wait, cancellationToken);
        if (await WhyNotProvenAsync(person.Id, id, click, cancellationToken) is { } unproven)
            return unproven;

        return surface.CanOffer && await OfferAsync(person, id, picked, surface, cancellationToken)
            ? new Reply.Said("Thank you. Press Show on the message below in our chat; it is for you alone.")
            : await revealHalf.HandleAsync(person, click.By, id, picked, surface, cancellationToken);
    }

    private async Task<Reply?> WhyNotProvenAsync(
        PersonId person,
        RequestId id,
        Click click,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var code = click.Inputs.GetValueOrDefault(CodeField, "");
            var proof = await stepUp.CheckAsync(person, code, cancellationToken);
            return proof == StepUpOutcome.Passed
                ? null
                : await WrongAsync(id, PickedIn(click), Sentences.For(proof), cancellationToken);
        }
        catch (StepUpAwayException refused)
        {
            return new Reply.Said(RevealHalf.NotNow(refused.Message)); // the third store has a vault of its own
        }
    }

    private async Task<bool> OfferAsync(
        Person person,
        RequestId id,
        int? picked,
        RevealSurface surface,
        CancellationToken cancellationToken
    )
    {
        var offer = await offers.MakeAsync(person.Id, id, picked, cancellationToken);
        if (await surface.OfferAsync(OfferCard(offer), cancellationToken))
            return true;
        await offers.TakeAsync(offer, person.Id, cancellationToken);
        return false;
    }

    /// <summary>Pressed on the offer that only this person sees.</summary>
    private async Task<Reply> ShowAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        if (click.Surface is not { } surface)
            return new Reply.Said("This cannot be shown here. Press Reveal again.");
        if (
            await offers.LookAsync(click.Subject, person.Id, cancellationToken) is { } offered
            && await TooLateAsync(offered.Request, offered.Picked, cancellationToken) is { } wait
        )
            return new Reply.Said(wait);
        return await offers.TakeAsync(click.Subject, person.Id, cancellationToken) is { } offer
            ? await revealHalf.HandleAsync(person, click.By, offer.Request, offer.Picked, surface, cancellationToken)
            : new Reply.Said("This offer is over. Press Reveal again.");
    }

    private async Task<Reply> HideAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        if (Id.Read<ExposureId>(click.Subject) is { } exposure)
        {
            return
                await removals.HideAsync(exposure, person.Id)
                || await hideElsewhere.HandleAsync(exposure, person.Id, click.Surface, cancellationToken)
                ? new Reply.Nothing()
                : new Reply.Said("Nothing of yours is shown any more.");
        }
        if (
            await offers.TakeAsync(click.Subject, person.Id, cancellationToken) is not null
            && click.Surface is { } surface
        )
            await surface.RemoveAsync(cancellationToken);
        return new Reply.Nothing();
    }

    private async Task<string?> TooLateAsync(RequestId id, int? picked, CancellationToken cancellationToken)
    {
        var account = await db
            .Requests.Where(r => r.Id == id)
            .Select(r => r.Account)
            .SingleOrDefaultAsync(cancellationToken);
        return await source.WaitForAsync(account, picked, clock.GetUtcNow(), cancellationToken) is { Ticks: > 0 } wait
            ? $"A new code comes in {Math.Ceiling(wait.TotalSeconds):0} s; press again then."
            : null;
    }

    private Card OfferCard(string offer) =>
        new(
            "Your half is ready",
            ["Only you see this. It is shown for a short time once you press Show."],
            [],
            [
                new Choice(
                    Actions.Show,
                    $"Show {(source.Half == Half.Password ? "password" : "code")}",
                    offer,
                    ChoiceStyle.Good
                ),
                new Choice(Actions.Hide, "Hide", offer),
            ]
        );

    private static int? PickedIn(Click click) =>
        int.TryParse(
            click.Inputs.GetValueOrDefault(PickField, ""),
            NumberStyles.AllowLeadingSign, // those of keys are below zero
            CultureInfo.InvariantCulture,
            out var picked
        )
            ? picked
            : null;

    /// <param name="picked">What was picked before, if something else was wrong.</param>
    private async Task<Form> FormAsync(RequestId id, int? picked, CancellationToken cancellationToken)
    {
        var choices = await source.ChoicesAsync(id, cancellationToken);
        var before = picked?.ToString(CultureInfo.InvariantCulture);
        return new Form(
            Actions.Reveal,
            id.ToString(),
            source.Half == Half.Password ? "Reveal password" : "Reveal code",
            "Reveal",
            ["Prove that it is you. The half is then shown to you alone."],
            [
                .. choices.Count == 0
                    ? (Field[])[]
                    :
                    [
                        new Field.Pick(
                            PickField,
                            "Device",
                            "Which device AWS asks for.",
                            false,
                            choices,
                            (choices.FirstOrDefault(c => c.Value == before) ?? choices[0]).Value
                        ),
                    ],
                new Field.Text(
                    CodeField,
                    "Code of your own authenticator",
                    "The six digits that it shows now. Not the code of the AWS account.",
                    false,
                    false,
                    20
                ),
            ]
        );
    }

    private async Task<Reply> WrongAsync(
        RequestId id,
        int? picked,
        string sentence,
        CancellationToken cancellationToken
    ) =>
        new Reply.Corrected(
            await FormAsync(id, picked, cancellationToken),
            new Dictionary<string, string>(StringComparer.Ordinal) { [CodeField] = sentence }
        );
}
