using System.Buffers.Binary;

namespace RootCustody.Tests.Manifests;

public class TeamsManifestTests
{
    [Theory]
    [InlineData("desk")]
    [InlineData("password")]
    [InlineData("mfa")]
    public void A_bot_lives_in_personal_chats_alone_and_asks_for_no_permission(string bot)
    {
        var manifest = Manifest.Teams(bot);

        var only = Assert.Single(manifest["bots"]!.AsArray())!;
        Assert.Equal(["personal"], only["scopes"]!.AsArray().Select(scope => (string?)scope), StringComparer.Ordinal);
        Assert.Null(manifest["permissions"]);
        Assert.Null(manifest["authorization"]);
        Assert.Null(manifest["webApplicationInfo"]);
        Assert.Empty(manifest["validDomains"]!.AsArray());
    }

    [Theory]
    [InlineData("desk")]
    [InlineData("password")]
    [InlineData("mfa")]
    public void The_README_documents_the_messaging_endpoint(string bot)
    {
        var readme = Manifest.Read("README.md");

        Assert.Contains(
            $"| {bot} | `https://rootcustody.example/teams/{bot}/api/messages` |",
            readme,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_desk_alone_has_commands_to_type()
    {
        var commands = Manifest.Teams("desk")["bots"]![0]!["commandLists"]![0]!["commands"]!.AsArray();

        Assert.Equal(
            ["status", "help", "enrol", "link", "away", "back", "notme", "readiness", "drill", "admin"],
            commands.Select(command => (string?)command!["title"]),
            StringComparer.Ordinal
        );
        Assert.Null(Manifest.Teams("password")["bots"]![0]!["commandLists"]);
        Assert.Null(Manifest.Teams("mfa")["bots"]![0]!["commandLists"]);
    }

    [Fact]
    public void No_id_of_anyone_is_in_the_manifests_and_no_two_are_the_same()
    {
        var ids = Manifest
            .Bots.Select(Manifest.Teams)
            .SelectMany(manifest => new[] { (string)manifest["id"]!, (string)manifest["bots"]![0]!["botId"]! })
            .ToList();

        Assert.Equal(6, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => Assert.True(Guid.TryParseExact(id, "D", out _)));
        Assert.All(ids, id => Assert.StartsWith("00000000-0000-0000-0000-0000000000", id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("color.png", 192)]
    [InlineData("outline.png", 32)]
    public void An_icon_has_the_size_that_Teams_asks_for(string name, int size)
    {
        var icon = Manifest.ReadBytes($"teams/{name}");

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], icon[..4]);
        Assert.Equal(size, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)));
        Assert.Equal(size, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)));
    }
}
