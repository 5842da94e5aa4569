using RootCustody.Chat;
using RootCustody.People;

namespace RootCustody.Desk.Moves;

/// <summary>What is pressed, typed or sent about the mailbox and the phone of a root user.</summary>
public sealed class MoveClicks(
    ShowMove showMove,
    BeginMove beginMove,
    SayHandedOver sayHandedOver,
    SayTaken sayTaken,
    EndMove endMove,
    CancelMove cancelMove
)
{
    public async Task<Reply> AnswerAsync(Person person, Click click, CancellationToken cancellationToken) =>
        (click.Action, click.Submits) switch
        {
            (Actions.ChannelMove, false) => BeginMove.Ask(click.Subject),
            (Actions.ChannelMove, true) => await beginMove.HandleAsync(person, click, cancellationToken),
            (Actions.ChannelHanded, false) => await sayHandedOver.AskAsync(person, click, cancellationToken),
            (Actions.ChannelHanded, true) => await sayHandedOver.HandleAsync(person, click, cancellationToken),
            (Actions.ChannelTaken, false) => await sayTaken.AskAsync(person, click, cancellationToken),
            (Actions.ChannelTaken, true) => await sayTaken.HandleAsync(person, click, cancellationToken),
            (Actions.ChannelEnd, false) => await endMove.AskAsync(person, click, cancellationToken),
            (Actions.ChannelEnd, true) => await endMove.HandleAsync(person, click, cancellationToken),
            (Actions.ChannelCancel, false) => await cancelMove.AskAsync(person, click, cancellationToken),
            (Actions.ChannelCancel, true) => await cancelMove.HandleAsync(person, click, cancellationToken),
            _ => await showMove.HandleAsync(person, click.Inputs.GetValueOrDefault("text", ""), cancellationToken),
        };
}
