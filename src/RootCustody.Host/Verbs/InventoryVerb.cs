using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Serialization;
using RootCustody.Couriers.Inventories;
using RootCustody.Couriers.Vault;

namespace RootCustody.Host.Verbs;

/// <summary><c>inventory</c>: every secret in the vaults of this process, held against the accounts.</summary>
internal static class InventoryVerb
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Make()
    {
        var half = new Option<Half?>("--half")
        {
            HelpName = "password|mfa",
            Description = "Look at this half only.",
            CustomParser = ReadHalf,
        };
        var json = new Option<bool>("--json") { Description = "Print it as JSON." };
        var inventory = new Command(
            "inventory",
            "Hold every secret in the vaults of this process's couriers against the accounts, and print what is on one side only and what to do about it. Opens no secret and changes nothing. Exit code 1 if there is any stray. Run it on each node that plays a courier."
        )
        {
            half,
            json,
        };
        inventory.Does(
            async (parsed, services, cancellationToken) =>
            {
                var take = services.GetRequiredService<TakeInventory>();
                var wanted = parsed.GetValue(half) is { } one ? [one] : take.Halves;
                if (wanted.Count == 0)
                    return Verb.Tell(
                        "This process plays no courier and has no vault. Run it where a courier is played."
                    );
                if (wanted.Except(take.Halves).Any())
                    return Verb.Tell(
                        $"This process does not play the courier of the {wanted[0].Word()} half. Run it where that is played."
                    );
                try
                {
                    return await PrintAsync(take, wanted, parsed.GetValue(json), cancellationToken);
                }
                catch (VaultException broken)
                {
                    return Verb.Tell(broken.Message);
                }
            }
        );
        return inventory;
    }

    private static async Task<int> PrintAsync(
        TakeInventory take,
        IReadOnlyList<Half> halves,
        bool asJson,
        CancellationToken cancellationToken
    )
    {
        var taken = new List<Inventory>();
        foreach (var half in halves)
            taken.Add(await take.OfAsync(half, cancellationToken));
        foreach (var other in Enum.GetValues<Half>().Except(halves))
            Console.Error.WriteLine($"The {other.Word()} half was not looked at.");
        if (asJson)
            Console.WriteLine(JsonSerializer.Serialize(taken, Json));
        else
        {
            foreach (var line in taken.SelectMany(Lines))
                Console.WriteLine(line);
        }
        return taken.TrueForAll(i => i.Strays.Count == 0) ? Verb.Ok : Verb.Failed;
    }

    private static IEnumerable<string> Lines(Inventory inventory)
    {
        var spare = inventory.Spare > 0 ? $", {inventory.Spare} of them of devices that are gone" : "";
        var closed = inventory.Closed > 0 ? $", {inventory.Closed} of them of closed accounts" : "";
        yield return $"{inventory.Half.Word()} vault: {inventory.Secrets} secrets{spare}{closed}, {inventory.Strays.Count} strays.";
        foreach (var stray in inventory.Strays)
        {
            yield return $"  {Plain(stray.What)}";
            yield return $"    {Plain(stray.ToDo)}";
        }
    }

    /// <summary>A name in the vault may be anybody's, and must not steer the terminal.</summary>
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    private static Half? ReadHalf(ArgumentResult typed)
    {
        foreach (var half in Enum.GetValues<Half>())
        {
            if (string.Equals(typed.Tokens[0].Value, half.Word(), StringComparison.OrdinalIgnoreCase))
                return half;
        }
        typed.AddError("A half is 'password' or 'mfa'.");
        return null;
    }
}
