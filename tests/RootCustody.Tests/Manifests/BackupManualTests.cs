using System.Text.RegularExpressions;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Manifests;

public sealed partial class BackupManualTests
{
    [Fact]
    public void Every_command_for_SQL_Server_parses()
    {
        var commands = Block
            .Matches(Manifest.Read("sql/BACKUP.md"))
            .Select(block => block.Groups["sql"].Value)
            .ToList();

        Assert.Equal(3, commands.Count);
        Assert.All(commands, command => Assert.Null(TSql.FaultOf(command)));
        Assert.NotNull(TSql.FaultOf(commands[0].Replace("TO DISK", "AT DISK", StringComparison.Ordinal))); // it is not blind
    }

    [GeneratedRegex("```sql\n(?<sql>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block { get; }
}
