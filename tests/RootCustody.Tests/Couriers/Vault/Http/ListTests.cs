using System.Text.Json.Nodes;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Vault.Http;

/// <summary>What operators of a vault did there past us is listed too.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task A_deleted_password_is_hidden_and_a_name_of_others_is_told()
    {
        await using var vaults = await HttpVaults.OpenAsync();
        using var password = Secret.OfText("one");
        await vaults.Passwords().WriteAsync(Acme, 0, password, Cancel);
        await vaults.Passwords().WriteAsync(Acme, 1, password, Cancel);
        await vaults.Prepared.Operator.DeleteAsync($"rc-password/data/accounts/{Acme}"); // the newest version
        await vaults.Prepared.Operator.WriteAsync(
            "rc-password/data/accounts/bob",
            new JsonObject
            {
                ["options"] = new JsonObject { ["cas"] = 0 },
                ["data"] = new JsonObject { ["password"] = "two" },
            }
        );

        var list = await vaults.Passwords().ListAsync(Cancel);

        Assert.Equal(
            [(Acme, 1, false), (Acme, 2, true), (null, 0, false)],
            list.Select(s => (s.Account, s.Generation, s.IsHidden)).OrderBy(s => s.Account is null)
        );
        Assert.Contains(list, s => s.Place == "rc-password/accounts/bob");
        Assert.Contains(list, s => s.Place == $"rc-password/accounts/{Acme}, version 2");
    }

    [Fact]
    public async Task A_key_with_a_name_of_others_is_told()
    {
        await using var vaults = await HttpVaults.OpenAsync();
        await vaults.Prepared.Operator.WriteAsync(
            "rc-mfa/keys/bob",
            new JsonObject
            {
                ["key"] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                ["issuer"] = "bob",
                ["account_name"] = "bob",
            }
        );

        var stored = Assert.Single(await vaults.MfaCodes().ListAsync(Cancel));

        Assert.Equal((null, "rc-mfa/keys/bob"), (stored.Account, stored.Place));
    }
}
