using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Couriers.Transfers;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Transfers;
using RootCustody.Requests;
using RootCustody.Transfers;

namespace RootCustody.Tests.Laws;

/// <summary>How the account leaves custody.</summary>
public sealed partial class StoredWorld
{
    private const string Seen = "Seen with my own eyes.";

    private static readonly string[] Contacts = [Stage.Rita, Stage.Ravi];
    private static readonly string[] Passwords = [Stage.Paul, Stage.Petra];
    private static readonly string[] Mfas = [Stage.Mona, Stage.Mike];

    /// <summary>The newest; null if none was asked for.</summary>
    public Task<Transfer?> TransferAsync() =>
        stage.InDbAsync(db => db.Transfers.OrderByDescending(t => t.AskedAt).FirstOrDefaultAsync());

    private async Task EndTransfersAsync()
    {
        foreach (var half in (Half[])[Half.Password, Half.Mfa])
            await stage.RunAsync<DestroyTransferredJob>(job => job.RunAsync(half, CancellationToken.None));
        await stage.RunAsync<CertifyTransfer>(job => job.RunAsync(CancellationToken.None));
    }

    private async Task TransferOnAsync(StoredCommand command)
    {
        if (await TransferAsync() is not { WithdrawnAt: null } transfer)
        {
            await AskForTransferAsync(command);
            return;
        }
        var step =
            command.How % 12 == 0
                ? TransferSteps.All[command.Which % TransferSteps.All.Count]
                : TransferSteps.All.FirstOrDefault(s => !transfer.IsDone(s), TransferStep.Certified);
        var id = transfer.Id.ToString();
        var second = Contacts.Where(c => stage.People[c] != transfer.AskedBy).ToArray();
        await (
            step switch
            {
                TransferStep.Agreed => ClickAsync(OneOf(second, command), Actions.TransferAgree, id),
                TransferStep.Asked => AskForHandoverAsync(transfer, command),
                TransferStep.HandedOver => HandOverAsync(transfer, command),
                TransferStep.Received => ClickAsync(OneOf(Contacts, command), Actions.TransferReceived, id),
                TransferStep.Destroyed when transfer.IsToBeDestroyed => EndTransfersAsync(),
                TransferStep.Certified => EndTransfersAsync(),
                _ => SayOrConfirmAsync(transfer, step, command),
            }
        );
    }

    private async Task TransferBackAsync(StoredCommand command)
    {
        if (await TransferAsync() is not { } transfer)
            return;
        var action = command.How % 2 == 0 ? Actions.TransferWithdraw : Actions.TransferFailed;
        await ClickAsync(OneOf(Contacts, command), action, transfer.Id.ToString());
    }

    private Task AskForTransferAsync(StoredCommand command) =>
        ClickAsync(
            OneOf(Contacts, command),
            Actions.TransferAsk,
            stage.Account.ToString(),
            submits: true,
            inputs:
            [
                ("receiver", "Receiver Ltd, Ms Wendy Wong"),
                ("email", "aws-root@receiver.example"),
                ("why", "We sold that business."),
            ]
        );

    private Task SayOrConfirmAsync(Transfer transfer, TransferStep step, StoredCommand command)
    {
        string[] right = step switch
        {
            TransferStep.Invoices => [Stage.Dora],
            _ => [.. Passwords, .. Mfas, .. Administrators],
        };
        if (transfer.NewestOf(step) is { ConfirmedBy: null } word && step != TransferStep.Invoices)
        {
            string[] others = [.. right.Where(p => stage.People[p] != word.By)];
            // whoever said it is the one who must not
            var who = command.Who % 6 == 0 && command.How % 2 == 0 ? KeyOf(word.By) : OneOf(others, command);
            return ClickAsync(who, Actions.TransferConfirm, word.Id.ToString(), submits: true);
        }
        return ClickAsync(
            OneOf(right, command),
            Actions.TransferSay,
            $"{transfer.Id}.{step}",
            submits: true,
            inputs: [("text", Seen), ("holds", command.How % 5 == 0 ? "open" : "settled")]
        );
    }

    /// <summary>By e-mail reset, or in two halves, to one contact and the other either way round.</summary>
    private Task AskForHandoverAsync(Transfer transfer, StoredCommand command)
    {
        var start = stage.Clock.GetUtcNow().AddMinutes(2 + (command.How % 30)).ToUnixTimeSeconds();
        var way = command.How % 3 == 0 ? "reset" : "halves";
        var (password, codes) = command.Which % 2 == 0 ? (Stage.Rita, Stage.Ravi) : (Stage.Ravi, Stage.Rita);
        return ClickAsync(
            OneOf(Contacts, command),
            Actions.TransferHandover,
            transfer.Id.ToString(),
            submits: true,
            inputs:
            [
                ("start", start.ToString(CultureInfo.InvariantCulture)),
                ("way", way),
                ("password", way == "reset" ? "" : stage.People[password].ToString()),
                ("codes", way == "reset" ? "" : stage.People[codes].ToString()),
            ]
        );
    }

    private async Task HandOverAsync(Transfer transfer, StoredCommand command)
    {
        if (transfer.Handover is not { } id)
            return;
        var request = await stage.RequestAsync(id);
        PersonId?[] holders = [request.HolderOf(Half.Password), request.HolderOf(Half.Mfa)];
        string[] right = [.. holders.OfType<PersonId>().Select(KeyOf)];
        if (transfer.AwaitsSecondWord)
        {
            right = [.. right.Where(p => stage.People[p] != transfer.SaidHandedOverBy)];
            await ClickAsync(OneOf(right, command), Actions.TransferSecond, transfer.Id.ToString());
        }
        else if (request.State == RequestState.Asked)
        {
            var lacks = request.PasswordApprover is null ? Passwords : Mfas;
            await ClickAsync(OneOf(lacks, command), Actions.Approve, $"{id}.{request.Edits}");
        }
        else if (request.State == RequestState.Approved && stage.Clock.GetUtcNow() <= request.Start)
        {
            stage.Clock.SetUtcNow(request.Start);
            await stage.RunAsync<OpenWindowsJob>(job => job.RunAsync(CancellationToken.None));
        }
        else if (command.How % 3 > 0)
            await RevealAsync(right.Length > 0 ? right[command.How % right.Length] : Stage.Paul, request, command.How);
        else
            await ClickAsync(
                OneOf(right, command),
                Actions.Done,
                id.ToString(),
                submits: true,
                inputs: [("log", "All is changed."), ("signedout", "yes"), ("handedover", "yes")]
            );
    }
}
