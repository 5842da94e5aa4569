using System.CommandLine;
using System.CommandLine.Parsing;
using RootCustody.Audit;

namespace RootCustody.AuditTool;

/// <summary>What an auditor types.</summary>
public static class AuditCommand
{
    public const int Sound = 0;
    public const int Broken = 1;
    public const int Unreadable = 2;

    private static readonly Option<ChainHead?> Head = new("--head")
    {
        HelpName = "SEQ:HASH",
        Description =
            "A head that you noted at an earlier time. Without it, a log that was written anew up to its head line looks sound.",
        CustomParser = ReadHead,
    };

    private static readonly Option<string?> CheckpointFile = new("--checkpoint")
    {
        HelpName = "FILE",
        Description =
            "A signed checkpoint that you were given at an earlier time: a head, as with --head. Needs --key.",
    };

    private static readonly Option<string?> NoteFile = new("--note")
    {
        HelpName = "FILE",
        Description = "The same certificate as signed text. Needs --key.",
    };

    private static readonly Option<string?> ExportFile = new("--export")
    {
        HelpName = "FILE",
        Description = "An export of the audit log, to see that the entries of the certificate stand in it.",
    };

    private static readonly Option<CheckpointKey?> Key = new("--key")
    {
        HelpName = "NAME+ID+KEY",
        Description = "The public key of whoever signs checkpoints and certificates, learnt on another way than these.",
        CustomParser = ReadKey,
    };

    /// <returns><see cref="Sound"/>, <see cref="Broken"/>, or <see cref="Unreadable"/>, which a mistyped command line is too.</returns>
    public static async Task<int> RunAsync(string[] args, Stream input, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Checks the audit log of RootCustody offline, without trusting who exported it.")
        {
            Verify(input),
            CheckCertificate(),
        };
        var typed = root.Parse(args);
        var code = await typed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        return typed.Errors.Count > 0 ? Unreadable : code;
    }

    private static Command Verify(Stream input)
    {
        var file = new Argument<string>("FILE") { Description = "The export, or - to read it from standard input." };
        var verify = new Command(
            "verify",
            "Finds entries that were edited, removed, added, repeated or moved. Exit code: 0 sound, 1 broken, 2 unreadable."
        )
        {
            file,
            Head,
            CheckpointFile,
            Key,
        };
        verify.Validators.Add(CheckTogether);
        verify.SetAction(
            (typed, cancellationToken) =>
            {
                var console = typed.InvocationConfiguration;
                var export = new Export(typed.GetRequiredValue(file), input);
                return typed.GetValue(CheckpointFile) is { } note && typed.GetValue(Key) is { } signer
                    ? export.VerifyAsync(note, signer, console.Output, console.Error, cancellationToken)
                    : export.VerifyAsync(typed.GetValue(Head), console.Output, console.Error, cancellationToken);
            }
        );
        return verify;
    }

    private static Command CheckCertificate()
    {
        var json = new Argument<string>("JSON") { Description = "The certificate as JSON." };
        var check = new Command(
            "certificate",
            "Checks a transfer certificate: its entries, its signed text, and the log. Exit code: 0 sound, 1 broken, 2 unreadable."
        )
        {
            json,
            NoteFile,
            Key,
            ExportFile,
        };
        check.Validators.Add(typed =>
        {
            if (typed.GetResult(NoteFile) is null != typed.GetResult(Key) is null)
                typed.AddError("Signed text is of use with the key of its signer only: give --note and --key.");
        });
        check.SetAction(
            (typed, cancellationToken) =>
            {
                var console = typed.InvocationConfiguration;
                var certificate = new CertificateFile(typed.GetRequiredValue(json), console.Output, console.Error);
                return certificate.CheckAsync(
                    typed.GetValue(NoteFile),
                    typed.GetValue(Key),
                    typed.GetValue(ExportFile),
                    cancellationToken
                );
            }
        );
        return check;
    }

    private static void CheckTogether(CommandResult typed)
    {
        if (typed.GetResult(CheckpointFile) is null != typed.GetResult(Key) is null)
            typed.AddError("A checkpoint is of use with the key of its signer only: give --checkpoint and --key.");
        if (typed.GetResult(Head) is not null && typed.GetResult(CheckpointFile) is not null)
            typed.AddError("Give either --head or --checkpoint.");
    }

    private static CheckpointKey? ReadKey(ArgumentResult typed)
    {
        if (!CheckpointKey.TryParse(typed.Tokens[0].Value, out var key))
            typed.AddError("A key is a name, an id of 8 hexadecimal digits and Base64, with '+' between.");
        return key;
    }

    private static ChainHead? ReadHead(ArgumentResult typed)
    {
        if (!ChainHead.TryParse(typed.Tokens[0].Value, out var head))
            typed.AddError("A head is the number of an entry, a colon, and 64 lower-case hexadecimal digits.");
        return head;
    }
}
