using RootCustody.Chat;
using RootCustody.People;

namespace RootCustody.Desk.People;

/// <summary>Persons and their chat identities.</summary>
internal sealed partial class DirectoryChanges
{
    private Change Created(PersonEntry entry) =>
        new(
            "person.created",
            $"Add person {entry.Key} ({entry.Name}) of {Side(entry.Customer)}{(entry.IsDutyManager ? ", a duty manager" : "")}.",
            () =>
            {
                var person = Person.Of(entry.Key, entry.Name, IdOf(entry.Customer), entry.IsDutyManager, db.Now);
                db.People.Add(person);
                stored.Persons.Add(entry.Key, person);
                return
                [
                    ("person", person.Id),
                    ("key", entry.Key),
                    ("name", entry.Name),
                    ("customer", person.Customer),
                    ("dutyManager", entry.IsDutyManager),
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
        if (was.IsDutyManager != becomes.IsDutyManager)
            yield return Duty(becomes);
    }

    private Change Duty(PersonEntry becomes) =>
        becomes.IsDutyManager
            ? PersonChange(
                becomes,
                "person.appointed",
                $"Make person {becomes.Key} a duty manager.",
                person =>
                {
                    person.Appoint(PersonRole.DutyManager);
                    return [];
                }
            )
            : PersonChange(
                becomes,
                "person.dismissed",
                $"Let person {becomes.Key} be a duty manager no more.",
                person =>
                {
                    person.Dismiss(PersonRole.DutyManager);
                    return [];
                }
            );

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
        );

    private static (string, object?)[] Details(ChatUser user) =>
        [("platform", user.Platform), ("realm", user.Realm), ("user", user.User)];
}
