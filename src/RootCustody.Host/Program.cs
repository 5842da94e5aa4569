using System.CommandLine;
using RootCustody.Host.Verbs;

var root = new RootCommand(
    "RootCustody keeps the root credentials of AWS accounts in two halves. Without a verb it serves."
)
{
    ServeVerb.Make(),
    ImportVerb.Make(),
    VaultVerb.Make(),
    PeopleVerb.Make(),
    AdminVerb.Make(),
    PolicyVerb.Make(),
    ReadinessVerb.Make(),
    ReadinessVerb.MakeDrill(),
    AuditVerb.Make(),
    DbVerb.Make(),
};
root.SetAction((_, cancellationToken) => ServeVerb.RunAsync(cancellationToken));
return await root.Parse(args).InvokeAsync();
