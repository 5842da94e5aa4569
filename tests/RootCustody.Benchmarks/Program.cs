using System.CommandLine;
using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using RootCustody.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var full = new Option<bool>("--full") { Description = "Measures for the better part of an hour." };
var quick = new Option<bool>("--quick") { Description = "Measures for some minutes, which is the default." };
var root = new RootCommand("Measures the host, and prints Markdown. Progress goes to standard error.");

Add("acks", "Latency of a signed click, beside an endpoint that only checks the signature.", Acks.RunAsync);
Add("flows", "Whole flows per second, beside the bare commit rate of the same database.", Flows.RunAsync);
Add("sweep", "What it costs to find what is due.", Sweeps.RunAsync);
Add("memory", "Resident memory, idle and under load.", Footprint.MemoryAsync);
Add("start", "From the start of the process to the first answer.", Footprint.StartAsync);
Add(
    "all",
    "All of these.",
    Acks.RunAsync,
    Flows.RunAsync,
    Sweeps.RunAsync,
    Footprint.MemoryAsync,
    Footprint.StartAsync
);

var micro = new Command("micro", "BenchmarkDotNet, of what is computed with every click.");
micro.SetAction(_ => BenchmarkRunner.Run<Micro>(DefaultConfig.Instance.WithArtifactsPath("artifacts/micro")));
root.Subcommands.Add(micro);

var baseline = new Command(Baseline.Verb, "What an ack is compared with.") { Hidden = true };
baseline.SetAction((_, _) => Baseline.RunAsync());
root.Subcommands.Add(baseline);
return await root.Parse(args).InvokeAsync();

void Add(string name, string says, params Func<Report, Size, Task>[] parts)
{
    var verb = new Command(name, says) { full, quick };
    verb.SetAction(
        async (parsed, cancellationToken) =>
        {
            var report = new Report();
            var load = (await File.ReadAllTextAsync("/proc/loadavg", cancellationToken)).Split(' ')[0];
            report.Line(
                $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores, load of the machine at the beginning {load}."
            );
            foreach (var part in parts)
                await part(report, parsed.GetValue(full) ? Size.Full : Size.Quick);
            await Console.Out.WriteAsync(report.ToString().AsMemory(), cancellationToken);
            return 0;
        }
    );
    root.Subcommands.Add(verb);
}
