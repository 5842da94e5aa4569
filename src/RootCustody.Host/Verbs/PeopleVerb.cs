using System.CommandLine;
using RootCustody.Chat;
using RootCustody.Desk.People;
using RootCustody.Desk.People.Orders;

namespace RootCustody.Host.Verbs;

/// <summary><c>people enrol PERSON</c>, which is also <c>admin enrol</c>; <c>people suspend PERSON</c>, <c>people unlink PLATFORM REALM USER</c>.</summary>
internal static class PeopleVerb
{
    public static Command Make() => new("people", "Look after the people.") { Enrol(), Suspend(), Unlink() };

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

    private static Command Suspend()
    {
        var person = new Argument<string>("PERSON") { Description = "The key of the person, as in the import file." };
        var suspend = new Command(
            "suspend",
            "Suspend a person at once: they lose every pending card and every half. Prints what they leave behind. To reinstate them takes two administrators."
        )
        {
            person,
        };
        suspend.Does(
            async (parsed, services, cancellationToken) =>
            {
                var key = parsed.GetRequiredValue(person);
                var leaving = await services.GetRequiredService<Leave>().SuspendAsync(key, cancellationToken);
                if (leaving is null)
                    return Verb.Tell($"There is no person '{key}'. Import them first.");
                Console.WriteLine($"{key} is suspended.");
                foreach (var line in leaving.Lines)
                    Console.WriteLine(line);
                return Verb.Ok;
            }
        );
        return suspend;
    }

    private static Command Unlink()
    {
        var platform = new Argument<ChatPlatform>("PLATFORM") { Description = "slack or teams." };
        var realm = new Argument<string>("REALM") { Description = "The id of the Slack workspace or Teams tenant." };
        var user = new Argument<string>("USER") { Description = "The id of the Slack user, or the Entra object id." };
        var unlink = new Command(
            "unlink",
            "Unlink a chat account at once from its person, who goes on with their other ones. Halves that they had are given back."
        )
        {
            platform,
            realm,
            user,
        };
        unlink.Does(
            async (parsed, services, cancellationToken) =>
            {
                var identity = new ChatUser(
                    parsed.GetRequiredValue(platform),
                    parsed.GetRequiredValue(realm),
                    parsed.GetRequiredValue(user)
                );
                var name = await services.GetRequiredService<Leave>().UnlinkAsync(identity, cancellationToken);
                if (name is null)
                    return Verb.Tell($"{identity.Shown()} is linked to nobody.");
                Console.WriteLine($"{identity.Shown()} was {name}'s and is unlinked.");
                return Verb.Ok;
            }
        );
        return unlink;
    }
}
