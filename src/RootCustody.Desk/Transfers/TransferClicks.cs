using RootCustody.Chat;
using RootCustody.People;

namespace RootCustody.Desk.Transfers;

/// <summary>What is pressed, typed or sent about accounts that leave custody.</summary>
public sealed class TransferClicks(
    ShowTransfer showTransfer,
    AskForTransfer askForTransfer,
    ContactSteps contactSteps,
    SayStep sayStep,
    ConfirmStep confirmStep,
    AskForHandover askForHandover,
    HandOver handOver
)
{
    public async Task<Reply> AnswerAsync(Person person, Click click, CancellationToken cancellationToken) =>
        (click.Action, click.Submits) switch
        {
            (Actions.TransferAsk, false) => new Reply.Asked(AskForTransfer.FormOf(click.Subject)),
            (Actions.TransferAsk, true) => await askForTransfer.HandleAsync(person, click, cancellationToken),
            (Actions.TransferAgree, _) => await contactSteps.AgreeAsync(person, click, cancellationToken),
            (Actions.TransferWithdraw, _) => await contactSteps.WithdrawAsync(person, click, cancellationToken),
            (Actions.TransferSecond, _) => await handOver.SecondAsync(person, click, cancellationToken),
            (Actions.TransferReceived, _) => await contactSteps.ReceivedAsync(person, click, cancellationToken),
            (Actions.TransferFailed, _) => await contactSteps.FailedAsync(person, click, cancellationToken),
            (Actions.TransferSay, false) => SayStep.Ask(click.Subject),
            (Actions.TransferSay, true) => await sayStep.HandleAsync(person, click, cancellationToken),
            (Actions.TransferConfirm, false) => await confirmStep.AskAsync(person, click, cancellationToken),
            (Actions.TransferConfirm, true) => await confirmStep.HandleAsync(person, click, cancellationToken),
            (Actions.TransferHandover, false) => await askForHandover.AskAsync(person, click, cancellationToken),
            (Actions.TransferHandover, true) => await askForHandover.HandleAsync(person, click, cancellationToken),
            _ => await showTransfer.HandleAsync(person, click.Inputs.GetValueOrDefault("text", ""), cancellationToken),
        };
}
