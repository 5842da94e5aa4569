using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;

namespace RootCustody.Tests.Couriers.MfaCodes;

/// <summary>What people do at the MFA courier with a key that the group keeps itself.</summary>
internal static class Keys
{
    public const string Number = "111122223333";
    public const string Label = "YubiKey";
    public const string Place = "Safe 3 in Basel, upper shelf";
    public const string Seal = "S-0001";

    public static Task<Reply> RegisterAsync(
        this Stage stage,
        string person,
        string label = Label,
        string place = Place,
        string seal = Seal,
        string keeper = Stage.Dora,
        string? code = null,
        Bot bot = Bot.Mfa
    ) =>
        SendAsync(
            stage,
            person,
            Actions.Key,
            "",
            bot,
            [
                ("account", Number),
                ("label", label),
                ("kind", nameof(DeviceKind.SecurityKey)),
                ("place", place),
                ("seal", seal),
                ("keeper", keeper),
                ("code", code ?? stage.CodeOf(person)),
            ]
        );

    public static Task<Reply> MoveKeyAsync(
        this Stage stage,
        string person,
        string place,
        string seal,
        string keeper = Stage.Dora
    ) =>
        SendAsync(
            stage,
            person,
            Actions.Move,
            "",
            Bot.Mfa,
            [
                ("account", Number),
                ("label", Label),
                ("place", place),
                ("seal", seal),
                ("keeper", keeper),
                ("code", stage.CodeOf(person)),
            ]
        );

    public static async Task<Reply> VouchForKeyAsync(this Stage stage, string person, string seal = Seal) =>
        await SendAsync(
            stage,
            person,
            Actions.Vouch,
            (await stage.KeyAsync()).Id.ToString(),
            Bot.Mfa,
            [("seal", seal), ("code", stage.CodeOf(person))]
        );

    public static async Task<Reply> ReturnAsync(this Stage stage, string person, string seal, string back = "yes") =>
        await SendAsync(
            stage,
            person,
            Actions.Sealed,
            (await stage.KeyAsync()).Id.ToString(),
            Bot.Mfa,
            [("isback", back), ("seal", seal), ("code", stage.CodeOf(person))]
        );

    public static Task<Reply> ReportAsync(this Stage stage, string person, string found = "The tape was cut.") =>
        SendAsync(
            stage,
            person,
            Actions.Broken,
            "",
            Bot.Mfa,
            [("account", Number), ("label", Label), ("found", found), ("code", stage.CodeOf(person))]
        );

    /// <summary>Mona enters the key, which Dora keeps, and Mike vouches for it.</summary>
    public static async Task InRegisterAsync(this Stage stage)
    {
        Assert.IsType<Reply.Said>(await stage.RegisterAsync(Stage.Mona));
        Said("in custody", await stage.VouchForKeyAsync(Stage.Mike));
        stage.NextCode();
    }

    /// <summary>The same, and the device whose seed is in the vault is taken out: nothing but the key is left.</summary>
    public static async Task OnlyKeyAsync(this Stage stage)
    {
        await stage.InRegisterAsync();
        await stage.RetireAsync(Stage.Device);
    }

    public static async Task RetireAsync(this Stage stage, string label)
    {
        Assert.IsType<Reply.Said>(
            await SendAsync(
                stage,
                Stage.Mona,
                Actions.Retire,
                "",
                Bot.Mfa,
                [("account", Number), ("label", label), ("code", stage.CodeOf(Stage.Mona))]
            )
        );
        var id = await stage.InDbAsync(db =>
            db.MfaDevices.Where(d => d.Label == label).Select(d => d.Id).SingleAsync()
        );
        Said(
            "is gone",
            await SendAsync(
                stage,
                Stage.Mike,
                Actions.Vouch,
                id.ToString(),
                Bot.Mfa,
                [("code", stage.CodeOf(Stage.Mike))]
            )
        );
        stage.NextCode();
    }

    public static Task<MfaDevice> KeyAsync(this Stage stage) =>
        stage.InDbAsync(db => db.MfaDevices.OrderBy(d => d.Generation).FirstAsync(d => d.Generation < 0));

    public static Task<HeldKey> PageAsync(this Stage stage) => stage.InDbAsync(db => db.HeldKeys.SingleAsync());

    /// <summary>Each step-up code counts once.</summary>
    public static void NextCode(this Stage stage) => stage.Clock.Advance(TimeSpan.FromSeconds(30));

    public static void Said(string words, Reply reply) =>
        Assert.Contains(words, Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);

    private static Task<Reply> SendAsync(
        Stage stage,
        string person,
        string action,
        string subject,
        Bot bot,
        (string, string)[] inputs
    ) => stage.ClickAsync(person, action, subject, bot, submits: true, inputs: inputs);
}
