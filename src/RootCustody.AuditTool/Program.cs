using RootCustody.AuditTool;

await using var input = Console.OpenStandardInput();
return await AuditCommand.RunAsync(args, input, Console.Out, Console.Error);
