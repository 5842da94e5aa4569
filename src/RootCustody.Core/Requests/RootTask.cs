using RootCustody.Accounts;

namespace RootCustody.Requests;

/// <summary>Something that only root can do, from AWS's list of such tasks (guide as of September 2026), and the least power that does it.</summary>
public sealed partial record RootTask(string Id, string Name)
{
    /// <summary>What has to be at hand before the window opens: it is short.</summary>
    public required string Prepare { get; init; }

    /// <summary>What the holder of the password does, in order.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>By what others see that it was done.</summary>
    public required string Proof { get; init; }

    /// <summary>What can go wrong, and for whom.</summary>
    public required string Risk { get; init; }

    /// <summary>In an emergency nobody is sent to another way first.</summary>
    public bool CannotWait { get; init; }

    /// <summary>How an account that stands alone does without root; null if only root can.</summary>
    public WeakerWay? Alone { get; init; }

    /// <summary>How a member of an organisation does; null if only root can.</summary>
    public WeakerWay? Member { get; init; }

    /// <summary>How the management account does; null if only root can. AssumeRoot does not work on it.</summary>
    public WeakerWay? Management { get; init; }

    /// <summary>How the administrators of an account of GovCloud do it; null if nobody does without root.</summary>
    public WeakerWay? GovCloud { get; init; }

    /// <summary>The task to ask of the commercial account where it takes root in an account of GovCloud, whose own root user cannot sign in. Null if only AWS Support can say.</summary>
    public string? AskCommercial { get; init; }

    /// <summary>How to do without root's credential; root is the last answer, not the first.</summary>
    public WeakerWay? WayOf(AccountKind kind) =>
        kind switch
        {
            AccountKind.Standalone => Alone,
            AccountKind.Member => Member,
            AccountKind.Management => Management,
            AccountKind.GovCloud => GovCloud,
        };

    /// <summary>What to ask for instead, where it takes root in an account of GovCloud.</summary>
    /// <param name="commercial">How its commercial account is called.</param>
    public string ByCommercial(string commercial)
    {
        if (AskCommercial == Id)
            return $"An account of GovCloud leaves this to its commercial account: ask for {commercial}, with this same task.";
        const string none = "The root user of an account of GovCloud cannot sign in.";
        return Find(AskCommercial) is { } task
            ? $"{none} AWS Support gives keys of it to root of its commercial account: ask for {commercial}, with the task \"{task.Name}\"."
            : $"{none} Ask AWS Support how this is done there; if it takes root of its commercial account, ask for {commercial}.";
    }

    /// <summary>In a few words, for whoever has not chosen an account yet; null if only root can.</summary>
    public string? Hint =>
        Alone is { } always ? always.Words
        : Member is { } member ? $"In a member account: {member.Words}"
        : null;

    /// <summary>What is asked of an IAM user. It is no root task: what that user may do, its account says.</summary>
    public static RootTask AsUser { get; } =
        new("iam-user", "Work as the chosen IAM user")
        {
            Prepare = "What is to be done, step by step: the window is short.",
            Steps =
            [
                "In a private window of the browser open the sign-in page that stands beside Reveal, and sign in as the user: one types the password and, if the user has an MFA device, the other speaks the code.",
                "Do what was asked for, and nothing else.",
                "Make no access keys for this user, and no other user, to work on with after the window.",
            ],
            Proof = "CloudTrail has the sign-in and the calls of this user.",
            Risk = "What this user may do, its holders can do; look at its policies before you approve.",
        };

    /// <summary>Whether it can be asked of this account: root tasks of root users, and the work as a user of IAM users.</summary>
    public bool IsFor(Account account) => account.User is null == (this != AsUser);

    /// <summary>What people ask for.</summary>
    public static IEnumerable<RootTask> Asked => Catalogue.Append(AsUser);

    /// <summary>One of those that people ask for, or one by which an account is handed over.</summary>
    public static RootTask? Find(string? id) =>
        Asked.Append(HandOver).Append(HandOverInHalves).FirstOrDefault(task => task.Id == id);
}

/// <summary>A way to do a task with less than root.</summary>
/// <param name="Words">Who does what.</param>
/// <param name="Commands">What they type, one after the other; <c>ACCOUNT</c> is the number of the account, and other words in capitals are theirs to fill in.</param>
public sealed record WeakerWay(string Words, params IReadOnlyList<string> Commands)
{
    /// <summary>The commands for one account.</summary>
    /// <param name="number">Its 12 digits.</param>
    public IEnumerable<string> CommandsFor(string number) =>
        Commands.Select(c => c.Replace("ACCOUNT", number, StringComparison.Ordinal));
}
