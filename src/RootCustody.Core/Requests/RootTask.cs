namespace RootCustody.Requests;

/// <summary>Something that only root can do, from AWS's list of such tasks (guide as of September 2026).</summary>
/// <param name="WeakerWay">How to do without root's credential where that is possible; root is the last answer, not the first.</param>
public sealed record RootTask(string Id, string Name, string? WeakerWay = null)
{
    public static IReadOnlyList<RootTask> Catalogue { get; } =
    [
        new(
            "lock-out",
            "Restore permissions of a locked-out administrator",
            "another administrator, or AWS Organizations"
        ),
        new("abuse", "Stop abuse of the account", "an administrator of the organisation, or an SCP"),
        new("root-email", "Change the root e-mail address", "member accounts: the Account API, centrally"),
        new("root-password", "Change the root password or access keys", "member accounts: sts:AssumeRoot removes keys"),
        new(
            "s3-unlock",
            "Unlock an S3 bucket policy that denies everybody",
            "member accounts: task S3UnlockBucketPolicy"
        ),
        new(
            "sqs-unlock",
            "Unlock an SQS queue policy that denies everybody",
            "member accounts: task SQSUnlockQueuePolicy"
        ),
        new("s3-mfa-delete", "Enable MFA delete on an S3 bucket"),
        new("billing", "Activate IAM access to billing"),
        new("tax-invoice", "View certain tax invoices"),
        new("close", "Close the account", "member accounts: close it from the organisation"),
        new("kms", "Recover an unmanageable KMS key"),
        new("ri-seller", "Register as Reserved Instance Marketplace seller"),
        new("govcloud", "Sign up for GovCloud or its root keys"),
        new("mturk", "Link the account to Mechanical Turk"),
    ];

    public static RootTask? Find(string? id) => Catalogue.FirstOrDefault(task => task.Id == id);
}
