using System.CommandLine;
using RootCustody.Desk.People;

namespace RootCustody.Host.Verbs;

/// <summary><c>people enrol PERSON</c>.</summary>
internal static class PeopleVerb
{
    public static Command Make() => new("people", "Look after the people.") { Enrol() };

    private static Command Enrol()
    {
        var person = new Argument<string>("PERSON") { Description = "The key of the person, as in the import file." };
        var enrol = new Command(
            "enrol",
            "Make the one-time code with which a person enrols their authenticator. Hand it over yourself, never through the chat account that it secures."
        )
        {
            person,
        };
        enrol.Does(
            async (parsed, services, cancellationToken) =>
            {
                var key = parsed.GetRequiredValue(person);
                var code = await services.GetRequiredService<IssueEnrolmentCode>().HandleAsync(key, cancellationToken);
                if (code is null)
                    return Verb.Tell($"There is no person '{key}'. Import them first.");
                Console.WriteLine(code);
                Console.Error.WriteLine(
                    $"They open a private chat with the bot RootCustody, type: enrol and enter this code there. It works once."
                );
                return Verb.Ok;
            }
        );
        return enrol;
    }
}
