using System.CommandLine;
using RootCustody.Desk.People.Orders;

namespace RootCustody.Host.Verbs;

/// <summary><c>people enrol PERSON</c>, which is also <c>admin enrol</c>.</summary>
internal static class PeopleVerb
{
    public static Command Make() => new("people", "Look after the people.") { Enrol() };

    private static Command Enrol()
    {
        var person = new Argument<string>("PERSON") { Description = "The key of the person, as in the import file." };
        var enrol = new Command(
            "enrol",
            "Make the one-time code with which a person enrols their authenticator. Hand it over yourself, never through the chat account that it secures. Once a half is in a vault it only proposes."
        )
        {
            person,
        };
        enrol.Does(
            (parsed, services, cancellationToken) =>
                AdminVerb.OrderAsync(new Enrol(parsed.GetRequiredValue(person)), services, cancellationToken)
        );
        return enrol;
    }
}
