using System.CommandLine;
using RootCustody.Desk.Custody;

namespace RootCustody.Host.Verbs;

/// <summary><c>register ACCOUNT</c>: who keeps each channel that leads to the root user of one account.</summary>
internal static class RegisterVerb
{
    public static Command Make()
    {
        var account = new Argument<string>("ACCOUNT")
        {
            Description = "The 12 digits of the AWS account; /USER after them for an IAM user.",
        };
        var command = new Command(
            "register",
            "Print who keeps the password, the MFA devices, the root mailbox and the root phone of one account, since when, and what is missing."
        )
        {
            account,
        };
        command.Does(
            async (parsed, services, cancellationToken) =>
            {
                var number = parsed.GetRequiredValue(account);
                var register = await services.GetRequiredService<ShowRegister>().OfAsync(number, cancellationToken);
                if (register is null)
                    return Verb.Tell($"There is no account {number}.");
                Console.WriteLine($"{register.Account.Name} ({register.Account.Number}), {register.Account.SignsInAs}");
                foreach (var line in register.Lines)
                    Console.WriteLine($"  {line.Name}: {line.Value}");
                foreach (var missing in register.Missing)
                    Console.WriteLine($"  * {missing}");
                return Verb.Ok;
            }
        );
        return command;
    }
}
