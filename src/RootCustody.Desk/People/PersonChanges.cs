using RootCustody.Chat;
using RootCustody.Desk.People.Orders;
using RootCustody.People;

namespace RootCustody.Desk.People;

/// <summary>Persons and their chat identities.</summary>
internal sealed partial class DirectoryChanges
{
    private Change Created(PersonEntry entry) =>
        new(
            "person.created",
            $"Add person {entry.Key} ({entry.Name}) of {Side(entry.Customer)}{string.Concat(entry.Roles.Order().Select(r => $", {r.Word()}"))}.",
            () =>
            {
                var person = Person.Of(entry.Key, entry.Name, IdOf(entry.Customer), false, db.Now);
                foreach (var role in entry.Roles)
                    person.Appoint(role);
                db.People.Add(person);
                stored.Persons.Add(entry.Key, person);
                return
                [
                    ("person", person.Id),
                    ("key", entry.Key),
                    ("name", entry.Name),
                    ("customer", person.Customer),
                    ("roles", entry.Roles.Count == 0 ? null : string.Join(',', entry.Roles.Order())),
                ];
            }
        );

    private IEnumerable<Change> Changed(PersonEntry was, PersonEntry becomes)
    {
        if (was.Name != becomes.Name)
            yield return PersonChange(
                was,
                "person.renamed",
                $"Rename person {was.Key} from {was.Name} to {becomes.Name}.",
                person =>
                {
                    person.Rename(becomes.Name);
                    return [("from", was.Name), ("to", becomes.Name)];
                }
            );
        if (was.Customer != becomes.Customer)
            yield return PersonChange(
                was,
                "person.moved",
                $"Move person {was.Key} from {Side(was.Customer)} to {Side(becomes.Customer)}.",
                person =>
                {
                    var from = person.Customer;
                    person.MoveTo(IdOf(becomes.Customer));
                    return [("from", from), ("to", person.Customer)];
                }
            );
        foreach (var role in becomes.Roles.Except(was.Roles).Order())
            yield return Appointed(becomes, role);
        foreach (var role in was.Roles.Except(becomes.Roles).Order())
            yield return PersonChange(
                becomes,
                "person.dismissed",
                $"Let person {becomes.Key} be {role.Word()} no more.",
                person =>
                {
                    person.Dismiss(role);
                    return [("role", role)];
                }
            );
    }

    private Change Appointed(PersonEntry becomes, PersonRole role)
    {
        var said =
            role == PersonRole.Administrator
                ? string.Concat(
                    all.Groups.Values.Where(g => g.Members.ContainsKey(becomes.Key)).Select(g => Loud(becomes, g))
                )
                : "";
        return PersonChange(
            becomes,
            "person.appointed",
            $"Make person {becomes.Key} {role.Word()}.{said}",
            person =>
            {
                person.Appoint(role);
                return [("role", role), ("attention", Loudly.Of(said))];
            }
        );
    }

    /// <summary>Said where somebody is administrator and custodian at once; whether they may be, the checks have asked.</summary>
    private static string Loud(PersonEntry person, GroupEntry group) =>
        person.Has(PersonRole.Administrator)
            ? $" ATTENTION: {person.Key} is then administrator and custodian at once ({group.Key}), as policy allows."
            : "";

    private IEnumerable<Change> RemovedIdentities(PersonEntry was, PersonEntry becomes) =>
        was
            .Identities.Keys.Where(user => !becomes.Identities.ContainsKey(user))
            .Select(user =>
                PersonChange(
                    was,
                    "identity.unlinked",
                    $"Unlink {user.Shown()} from person {was.Key}.",
                    person =>
                    {
                        person.Unlink(user, db.Now);
                        return Details(user);
                    }
                )
            );

    private IEnumerable<Change> AddedIdentities(PersonEntry becomes) =>
        becomes
            .Identities.Keys.Where(user =>
                !before.Persons.TryGetValue(becomes.Key, out var was) || !was.Identities.ContainsKey(user)
            )
            .Select(user =>
                PersonChange(
                    becomes,
                    "identity.linked",
                    $"Link {user.Shown()} to person {becomes.Key}.",
                    person =>
                    {
                        person.Link(user, db.Now, db.Now); // before the first half is in a vault there is nothing to steal
                        return [.. Details(user), ("how", "linked by import")];
                    }
                )
            );

    private Change PersonChange(
        PersonEntry entry,
        string what,
        string sentence,
        Func<Person, IEnumerable<(string, object?)>> make
    ) =>
        new(
            what,
            sentence,
            () =>
            {
                var person = stored.Persons[entry.Key];
                Raise(person);
                return [("person", person.Id), .. make(person)];
            }
        )
        {
            About = stored.Persons.GetValueOrDefault(entry.Key),
        };

    private static (string, object?)[] Details(ChatUser user) =>
        [("platform", user.Platform), ("realm", user.Realm), ("user", user.User)];
}
