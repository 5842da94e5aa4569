using System.Globalization;
using RootCustody.AuditTool;

// what is written reads the same on every machine
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

await using var input = Console.OpenStandardInput();
return await AuditCommand.RunAsync(args, input, Console.Out, Console.Error);
