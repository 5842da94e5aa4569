using System.Net;
using System.Text.Json.Nodes;
using RootCustody.Playground.FakeVault;

namespace RootCustody.Tests.Playground.FakeVault;

/// <summary>KV v2 of the fake, against what was measured on a real server.</summary>
public sealed class KvTests : IAsyncLifetime
{
    private const string Mismatch = "check-and-set parameter did not match the current version";
    private VaultScene scene = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await VaultScene.SetAsync();
        await scene.MountAsync("rc-password", "kv");
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Check_and_set_takes_the_current_version_only()
    {
        Assert.Equal(1, VersionOf(await WriteAsync("a", 0)));
        VaultScene.Refused(HttpStatusCode.BadRequest, Mismatch, await WriteAsync("a", 0));
        VaultScene.Refused(HttpStatusCode.BadRequest, Mismatch, await WriteAsync("a", 2));
        Assert.Equal(2, VersionOf(await WriteAsync("a", 1)));
        Assert.Equal(3, VersionOf(await WriteAsync("a", "2"))); // a number as text is taken
        VaultScene.Refused(
            HttpStatusCode.BadRequest,
            "error parsing check-and-set parameter",
            await WriteAsync("a", "three")
        );
    }

    [Fact]
    public async Task Check_and_set_is_demanded_where_the_engine_or_the_key_requires_it_and_the_key_does_not_tell_of_the_engine()
    {
        await scene.Operator.WriteAsync("rc-password/metadata/k", new JsonObject { ["cas_required"] = true });
        VaultScene.Refused(
            HttpStatusCode.BadRequest,
            "check-and-set parameter required for this call",
            await WriteAsync("k", null)
        );
        VaultScene.Is(HttpStatusCode.OK, await WriteAsync("k", 0)); // only metadata was there
        VaultScene.Is(HttpStatusCode.OK, await WriteAsync("a", null));

        await scene.Operator.WriteAsync("rc-password/config", new JsonObject { ["cas_required"] = true });

        VaultScene.Is(HttpStatusCode.BadRequest, await WriteAsync("a", null));
        Assert.False((await MetadataAsync("a"))["cas_required"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_soft_deleted_version_is_404_with_its_metadata_and_stays_the_current_one()
    {
        await WriteAsync("a", 0);
        VaultScene.Is(HttpStatusCode.NoContent, await scene.Operator.DeleteAsync("rc-password/data/a"));

        var read = await scene.Operator.ReadAsync("rc-password/data/a");

        VaultScene.Is(HttpStatusCode.NotFound, read);
        Assert.Null(read.Data["data"]);
        Assert.False(read.Data["metadata"]!["destroyed"]!.GetValue<bool>());
        Assert.Matches(@"T12:00:00\.\d{9}Z$", read.Data["metadata"]!["deletion_time"]!.GetValue<string>());
        VaultScene.Refused(HttpStatusCode.BadRequest, Mismatch, await WriteAsync("a", 0));
        Assert.Equal(2, VersionOf(await WriteAsync("a", 1)));

        await OnVersionsAsync("undelete", 1);
        VaultScene.Is(HttpStatusCode.OK, await scene.Operator.ReadAsync("rc-password/data/a?version=1"));
    }

    [Fact]
    public async Task A_destroyed_version_is_404_with_its_metadata_and_no_undelete_brings_it_back()
    {
        await WriteAsync("a", 0);
        await OnVersionsAsync("destroy", 1);
        await OnVersionsAsync("undelete", 1);

        var read = await scene.Operator.ReadAsync("rc-password/data/a?version=1");

        VaultScene.Is(HttpStatusCode.NotFound, read);
        Assert.True(read.Data["metadata"]!["destroyed"]!.GetValue<bool>());
        Assert.Equal(1, (await MetadataAsync("a"))["current_version"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_never_was_is_404_with_no_errors_and_to_destroy_it_is_no_fault()
    {
        await WriteAsync("a", 0);

        foreach (var path in (string[])["data/none", "data/a?version=7", "metadata/none"])
        {
            var read = await scene.Operator.ReadAsync($"rc-password/{path}");
            VaultScene.Is(HttpStatusCode.NotFound, read);
            Assert.Equal("""{"errors":[]}""", read.Body!.ToJsonString());
        }
        var destroyed = await scene.Operator.SendAsync(
            HttpMethod.Put,
            "rc-password/destroy/none",
            new JsonObject { ["versions"] = new JsonArray(1) }
        );
        VaultScene.Is(HttpStatusCode.NoContent, destroyed);
    }

    [Fact]
    public async Task Without_data_in_the_path_the_404_has_a_hint_in_its_warnings()
    {
        var read = await scene.Operator.ReadAsync("rc-password/a");

        VaultScene.Is(HttpStatusCode.NotFound, read);
        Assert.StartsWith(
            "Invalid path for a versioned",
            read.Body!["warnings"]![0]!.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_larger_number_of_versions_counts_and_the_oldest_are_gone_for_good()
    {
        await scene.Operator.WriteAsync("rc-password/config", new JsonObject { ["max_versions"] = 2 });
        await scene.Operator.WriteAsync("rc-password/metadata/a", new JsonObject { ["max_versions"] = 3 });
        for (var version = 0; version < 5; version++)
            await WriteAsync("a", version);

        var metadata = await MetadataAsync("a");

        Assert.Equal(["3", "4", "5"], metadata["versions"]!.AsObject().Select(v => v.Key));
        Assert.Equal(3, metadata["oldest_version"]!.GetValue<int>());
        var read = await scene.Operator.ReadAsync("rc-password/data/a?version=2");
        Assert.Equal("""{"errors":[]}""", read.Body!.ToJsonString());
    }

    [Fact]
    public async Task Ten_versions_are_kept_if_nobody_says_anything()
    {
        for (var version = 0; version < 12; version++)
            await WriteAsync("a", version);

        Assert.Equal(10, (await MetadataAsync("a"))["versions"]!.AsObject().Count);
    }

    [Fact]
    public async Task Versions_expire_by_themselves_after_the_smaller_length()
    {
        await scene.Operator.WriteAsync("rc-password/config", new JsonObject { ["delete_version_after"] = "2h" });
        await scene.Operator.WriteAsync("rc-password/metadata/a", new JsonObject { ["delete_version_after"] = "720h" });
        await WriteAsync("a", 0);
        Assert.Equal("720h0m0s", (await MetadataAsync("a"))["delete_version_after"]!.ToString());
        VaultScene.Is(HttpStatusCode.OK, await scene.Operator.ReadAsync("rc-password/data/a"));

        scene.Clock.Advance(TimeSpan.FromHours(2.1));

        var read = await scene.Operator.ReadAsync("rc-password/data/a");
        VaultScene.Is(HttpStatusCode.NotFound, read);
        Assert.NotNull(read.Data["metadata"]);
        await OnVersionsAsync("undelete", 1);
        VaultScene.Is(HttpStatusCode.OK, await scene.Operator.ReadAsync("rc-password/data/a"));
    }

    [Fact]
    public async Task Numbers_start_at_1_again_once_the_metadata_is_deleted()
    {
        await WriteAsync("a", 0);
        await WriteAsync("a", 1);
        await scene.Operator.DeleteAsync("rc-password/metadata/a");

        Assert.Equal(1, VersionOf(await WriteAsync("a", 0)));
    }

    [Fact]
    public async Task Metadata_tells_no_secret_and_takes_texts_only()
    {
        await WriteAsync("a", 0);
        Task<VaultSeen> NoteAsync(JsonNode custom) =>
            scene.Operator.WriteAsync("rc-password/metadata/a", new JsonObject { ["custom_metadata"] = custom });
        VaultScene.Is(HttpStatusCode.NoContent, await NoteAsync(new JsonObject { ["account"] = 111122223333 }));

        var metadata = await MetadataAsync("a");

        Assert.Equal("111122223333", metadata["custom_metadata"]!["account"]!.GetValue<string>());
        Assert.DoesNotContain("pass word", metadata.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(
            "custom_metadata validation failed",
            (await NoteAsync(new JsonObject { ["a"] = new JsonObject() })).Errors,
            StringComparison.Ordinal
        );
        VaultScene.Is(HttpStatusCode.BadRequest, await NoteAsync(new JsonObject { ["a"] = "" }));
        VaultScene.Is(HttpStatusCode.NoContent, await NoteAsync(new JsonObject()));
        Assert.Null((await MetadataAsync("a"))["custom_metadata"]);
    }

    [Fact]
    public async Task A_patch_merges_into_a_new_version_and_misses_with_an_empty_body()
    {
        await WriteAsync("a", 0);
        Task<VaultSeen> PatchAsync(string name, int cas) =>
            scene.Operator.SendAsync(
                HttpMethod.Patch,
                $"rc-password/data/{name}",
                Body(cas, new JsonObject { ["password"] = null, ["op"] = "2" })
            );

        Assert.Equal(2, VersionOf(await PatchAsync("a", 1)));
        VaultScene.Refused(HttpStatusCode.BadRequest, Mismatch, await PatchAsync("a", 1));
        var missing = await PatchAsync("none", 1);

        VaultScene.Is(HttpStatusCode.NotFound, missing);
        Assert.Null(missing.Body);
        var read = await scene.Operator.ReadAsync("rc-password/data/a");
        Assert.Equal("""{"op":"2"}""", read.Data["data"]!.ToJsonString());
    }

    [Fact]
    public async Task A_list_names_keys_and_folders_and_an_empty_one_is_404()
    {
        VaultScene.Is(HttpStatusCode.NotFound, await scene.Operator.ListAsync("rc-password/metadata"));
        await WriteAsync("b", 0);
        await WriteAsync("a/1", 0);
        await WriteAsync("a/2", 0);

        var all = await scene.Operator.ListAsync("rc-password/metadata");
        var folder = await scene.Operator.ListAsync("rc-password/metadata/a");

        Assert.Equal("""["a/","b"]""", all.Data["keys"]!.ToJsonString());
        Assert.Equal("""["1","2"]""", folder.Data["keys"]!.ToJsonString());
    }

    [Fact]
    public async Task Subkeys_show_the_names_without_their_values()
    {
        await WriteAsync("a", 0);

        var seen = await scene.Operator.ReadAsync("rc-password/subkeys/a");

        Assert.Equal("""{"password":null}""", seen.Data["subkeys"]!.ToJsonString());
    }

    [Fact]
    public async Task What_was_stored_comes_back_letter_by_letter()
    {
        const string Odd = "é<&>\"\\+' pass word";
        await scene.Operator.WriteAsync("rc-password/data/a", Body(0, new JsonObject { ["password"] = Odd }));

        var read = await scene.Operator.ReadAsync("rc-password/data/a");

        Assert.Equal(Odd, read.Data["data"]!["password"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_write_without_data_or_with_broken_json_is_400_and_a_wrong_type_500()
    {
        VaultScene.Refused(
            HttpStatusCode.BadRequest,
            "no data provided",
            await scene.Operator.WriteAsync("rc-password/data/a", new JsonObject { ["password"] = "x" })
        );
        VaultScene.Is(
            HttpStatusCode.InternalServerError,
            await scene.Operator.WriteAsync("rc-password/config", new JsonObject { ["max_versions"] = "many" })
        );
        using var http = new HttpClient();
        using var broken = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(scene.Server.Address, "/v1/rc-password/data/a")
        );
        broken.Content = new StringContent("{");
        broken.Headers.Add("X-Vault-Token", scene.Server.RootToken);
        using var answer = await http.SendAsync(broken);
        Assert.Equal("""{"errors":["error parsing JSON"]}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_second_mount_at_the_same_place_is_refused_and_no_mount_is_404()
    {
        var again = await scene.Operator.WriteAsync("sys/mounts/rc-password", new JsonObject { ["type"] = "totp" });
        var nowhere = await scene.Operator.ReadAsync("rc-nothing/data/a");

        VaultScene.Refused(HttpStatusCode.BadRequest, "path is already in use at rc-password/", again);
        VaultScene.Refused(HttpStatusCode.NotFound, "no handler for route 'rc-nothing/data/a'", nowhere);
    }

    private static JsonObject Body(JsonNode? cas, JsonObject data)
    {
        var body = new JsonObject { ["data"] = data };
        if (cas is not null)
            body["options"] = new JsonObject { ["cas"] = cas };
        return body;
    }

    private Task<VaultSeen> WriteAsync(string name, JsonNode? cas) =>
        scene.Operator.WriteAsync($"rc-password/data/{name}", Body(cas, new JsonObject { ["password"] = "pass word" }));

    private async Task<JsonObject> MetadataAsync(string name) =>
        (await scene.Operator.ReadAsync($"rc-password/metadata/{name}")).Data;

    private async Task OnVersionsAsync(string act, int version) =>
        VaultScene.Is(
            HttpStatusCode.NoContent,
            await scene.Operator.WriteAsync(
                $"rc-password/{act}/a",
                new JsonObject { ["versions"] = new JsonArray(version) }
            )
        );

    private static int VersionOf(VaultSeen seen)
    {
        VaultScene.Is(HttpStatusCode.OK, seen);
        return seen.Data["version"]!.GetValue<int>();
    }
}
