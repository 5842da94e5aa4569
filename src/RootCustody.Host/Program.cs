using System.CommandLine;
using System.Globalization;
using RootCustody.Host.Verbs;

// what is written reads the same on every machine. Not by switching cultures off as a whole: the driver of SQL Server refuses that
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

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
    OnboardingVerb.Make(),
    TransferVerb.Make(),
    PostureVerb.Make(),
    ProofVerb.Make(),
    TasksVerb.Make(),
    RegisterVerb.Make(),
    ReadinessVerb.MakeDrill(),
    AuditVerb.Make(),
    BackupVerb.Make(),
    BackupVerb.MakeRestore(),
    LostVerb.Make(),
    InventoryVerb.Make(),
    ExposureVerb.Make(),
    DoctorVerb.Make(),
    DbVerb.Make(),
    OutboxVerb.Make(),
};
root.SetAction((_, cancellationToken) => ServeVerb.RunAsync(cancellationToken));

// the host ends itself when it is told to; the parser would end it after two seconds, in the middle of an answer
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
