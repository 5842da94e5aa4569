using System.CommandLine;
using RootCustody.Desk.Requests;

namespace RootCustody.Host.Verbs;

/// <summary><c>readiness</c> and <c>drill ACCOUNT</c>: whether an emergency would find its people, looked up and tried out.</summary>
internal static class ReadinessVerb
{
    public static Command Make()
    {
        var readiness = new Command(
            "readiness",
            "Print for each account in custody where fewer than two people could answer for a half, now and over the coming two weeks. Exit code 1 if there is any gap."
        );
        readiness.Does(
            async (_, services, cancellationToken) =>
            {
                var gaps = await services.GetRequiredService<CheckReadiness>().SentencesAsync(cancellationToken);
                foreach (var gap in gaps)
                    Console.WriteLine(gap);
                if (gaps.Count > 0)
                    return Verb.Failed;
                Console.WriteLine(CheckReadiness.AllReady);
                return Verb.Ok;
            }
        );
        return readiness;
    }

    public static Command MakeDrill()
    {
        var account = new Argument<string>("ACCOUNT")
        {
            Description = "The 12 digits of the AWS account; /USER after them for an IAM user.",
        };
        var drill = new Command(
            "drill",
            "Begin an exercise on one account: its custodians are asked as in an emergency and are shown dummies. The host that serves tells the duty managers the times at its end."
        )
        {
            account,
        };
        drill.Does(
            async (parsed, services, cancellationToken) =>
            {
                var begun = await services
                    .GetRequiredService<OpenDrill>()
                    .BeginAsync(null, parsed.GetRequiredValue(account), cancellationToken);
                Console.WriteLine(begun.Sentence);
                return begun.Begun ? Verb.Ok : Verb.Failed;
            }
        );
        return drill;
    }
}
