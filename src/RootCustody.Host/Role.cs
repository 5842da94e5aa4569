using RootCustody.Chat;

namespace RootCustody.Host;

/// <summary>What a process plays (design 4).</summary>
public enum Role
{
    /// <summary>Requests, approvals, decisions; the bot RootCustody.</summary>
    Desk = 1,

    /// <summary>The jobs of the clockwork.</summary>
    Worker = 2,

    /// <summary>The password half; the bot RootCustody Password.</summary>
    PasswordCourier = 3,

    /// <summary>The MFA half; the bot RootCustody MFA.</summary>
    MfaCourier = 4,
}

public static class RoleNames
{
    private static readonly Dictionary<string, Role> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["desk"] = Role.Desk,
        ["worker"] = Role.Worker,
        ["password-courier"] = Role.PasswordCourier,
        ["mfa-courier"] = Role.MfaCourier,
    };

    public static IEnumerable<string> All => Names.Keys;

    public static Role? Read(string name) => Names.TryGetValue(name, out var role) ? role : null;

    public static Bot? BotOf(this Role role) =>
        role switch
        {
            Role.Desk => Bot.Desk,
            Role.Worker => null,
            Role.PasswordCourier => Bot.Password,
            Role.MfaCourier => Bot.Mfa,
        };

    /// <summary>The Hangfire queue that only processes of this role serve (design 7); the desk has none.</summary>
    public static string? QueueOf(this Role role) =>
        role switch
        {
            Role.Desk => null,
            Role.Worker => RootCustody.Desk.Queues.Worker,
            Role.PasswordCourier => "password-courier",
            Role.MfaCourier => "mfa-courier",
        };
}
