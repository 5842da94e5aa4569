using System.CommandLine;
using System.Globalization;
using RootCustody.Data;
using RootCustody.Data.Chat;

namespace RootCustody.Host.Verbs;

/// <summary><c>outbox list</c>, <c>outbox retry</c> and <c>outbox drop</c>: the messages that wait or could not be delivered.</summary>
internal static class OutboxVerb
{
    private static readonly Argument<long> Row = new("ID") { Description = "The row, as outbox list shows it." };

    public static Command Make() =>
        new("outbox", "The messages that wait or could not be delivered.") { List(), Retry(), Drop() };

    private static Command List()
    {
        var list = new Command(
            "list",
            "Print what waits in the outbox or is parked: row, age, what it is, how it stands. Never the text of a card."
        );
        list.Does(
            async (_, services, cancellationToken) =>
            {
                var now = services.GetRequiredService<CustodyDb>().Now;
                var rows = await services.GetRequiredService<ListOutbox>().AllAsync(cancellationToken);
                foreach (var row in rows)
                    Console.WriteLine($"{row.Id}  {Age(now - row.WrittenAt)}  {row.What}: {row.State}");
                Console.WriteLine(
                    rows.Count == 0
                        ? "Nothing waits."
                        : $"{rows.Count} in all, {rows.Count(r => r.Parked)} of them parked."
                );
                return Verb.Ok;
            }
        );
        return list;
    }

    private static Command Retry()
    {
        var row = new Argument<long?>("ID")
        {
            Description = "The row, as outbox list shows it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var all = new Option<bool>("--all") { Description = "All that are parked or have failed." };
        var retry = new Command("retry", "Send again at once what is parked or has failed.") { row, all };
        retry.Validators.Add(parsed =>
        {
            if (parsed.GetValue(row) is null != parsed.GetValue(all))
                parsed.AddError("Say which row, or --all.");
        });
        retry.Does(
            async (parsed, services, cancellationToken) =>
            {
                var use = services.GetRequiredService<RetryOutbox>();
                if (parsed.GetValue(row) is { } one)
                    return Tell(await use.OneAsync(one, cancellationToken));
                Console.WriteLine($"{await use.AllAsync(cancellationToken)} rows are tried again.");
                return Verb.Ok;
            }
        );
        return retry;
    }

    private static Command Drop()
    {
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var drop = new Command("drop", "Give a message up for good. Says what is lost, and asks.") { Row, yes };
        drop.Does(
            async (parsed, services, cancellationToken) =>
            {
                var row = parsed.GetRequiredValue(Row);
                var entry = await services.GetRequiredService<ListOutbox>().OneAsync(row, cancellationToken);
                if (entry is not null && !parsed.GetValue(yes))
                {
                    Console.Error.WriteLine($"{entry.What}: {entry.State}. {entry.Loss}");
                    Console.Error.Write($"Drop row {row}? Type yes: ");
                    if (Console.ReadLine()?.Trim() != "yes")
                        return Verb.Tell("Nothing was dropped.");
                }
                return Tell(await services.GetRequiredService<DropOutbox>().HandleAsync(row, cancellationToken));
            }
        );
        return drop;
    }

    private static string Age(TimeSpan age) =>
        age.TotalDays >= 1
            ? age.ToString(@"d\d\ hh\hmm", CultureInfo.InvariantCulture)
            : age.ToString(@"hh\hmm", CultureInfo.InvariantCulture);

    private static int Tell(RowOrder order)
    {
        switch (order)
        {
            case RowOrder.Refused refused:
                return Verb.Tell(refused.Why);
            case RowOrder.Done done:
                Console.WriteLine(done.Text);
                return Verb.Ok;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
