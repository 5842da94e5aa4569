namespace RootCustody.Requests;

public sealed partial record RootTask
{
    private const string Organisation = "the organisation's management account";

    /// <summary>With which root of a commercial account gets the keys of root of its account of GovCloud.</summary>
    private const string GovCloudKeys = "govcloud";

    private const string NoBetterProof = "The account page shows it afterwards.";

    /// <summary>A root session that can do nothing but one task (STS, AssumeRoot; the policies are AWS's own).</summary>
    private static string AssumeRoot(string policy) =>
        $"aws sts assume-root --target-principal ACCOUNT --duration-seconds 900 --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/{policy}";

    /// <summary>All of them, the most urgent first.</summary>
    public static IReadOnlyList<RootTask> Catalogue { get; } =
    [
        new("lock-out", "Restore permissions of a locked-out administrator")
        {
            CannotWait = true,
            Prepare = "The name of the user or role, and the policy that it had.",
            Steps =
            [
                "Open IAM, then Users or Roles, and choose the one that is locked out.",
                "Take away the policy or the boundary that denies, or attach the one that is missing.",
                "Let the administrator sign in before you sign out.",
            ],
            Proof = "The administrator signs in; CloudTrail has the change of the policy.",
            Risk = "Whoever says that they are locked out may be an attacker: ask them by another way than this one.",
            Alone = new(
                "another administrator gives the permissions back",
                "aws iam attach-user-policy --user-name USER --policy-arn arn:aws:iam::aws:policy/AdministratorAccess"
            ),
            Member = new(
                $"{Organisation} takes the role in it that Organizations made",
                "aws sts assume-role --role-arn arn:aws:iam::ACCOUNT:role/OrganizationAccountAccessRole --role-session-name repair",
                "aws iam attach-user-policy --user-name USER --policy-arn arn:aws:iam::aws:policy/AdministratorAccess"
            ),
            Management = new(
                "another administrator gives the permissions back",
                "aws iam attach-user-policy --user-name USER --policy-arn arn:aws:iam::aws:policy/AdministratorAccess"
            ),
            GovCloud = new(
                "another administrator of that account gives the permissions back",
                "aws iam attach-user-policy --user-name USER --policy-arn arn:aws-us-gov:iam::aws:policy/AdministratorAccess"
            ),
            AskCommercial = GovCloudKeys,
        },
        new("abuse", "Stop abuse of the account")
        {
            CannotWait = true,
            Prepare = "The keys, users or roles that are abused, and since when.",
            Steps =
            [
                "Open IAM and deactivate the keys; take away the sessions of the roles (Revoke active sessions).",
                "Look at Security credentials for keys and devices of root that nobody knows.",
                "Leave traces as they are: stop machines, do not delete them.",
            ],
            Proof = "CloudTrail has no more calls by these keys.",
            Risk = "Whoever abuses it may see what you do, and hurry.",
            Alone = new(
                "an administrator deactivates what is abused",
                "aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive"
            ),
            Member = new(
                $"{Organisation} denies everything in it by a service control policy",
                "aws organizations attach-policy --policy-id POLICY --target-id ACCOUNT"
            ),
            Management = new(
                "an administrator deactivates what is abused; service control policies do not bind this account",
                "aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive"
            ),
            GovCloud = new(
                "an administrator of that account deactivates what is abused",
                "aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive"
            ),
            AskCommercial = GovCloudKeys,
        },
        new("root-email", "Change the root e-mail address")
        {
            Prepare = "Access to the new mailbox during the window: a code is sent there.",
            Steps =
            [
                "Open Account, then Edit beside account name, e-mail and password.",
                "Type the new address, and the code that comes there.",
                "Tell your provider: it is the sign-in name.",
            ],
            Proof = "CloudTrail has EmailUpdated; the account page shows the new address.",
            Risk = "Whoever reads the new mailbox can reset the password.",
            Member = new(
                $"{Organisation} changes it by the Account API",
                "aws account start-primary-email-update --account-id ACCOUNT --primary-email NEW-ADDRESS",
                "aws account accept-primary-email-update --account-id ACCOUNT --primary-email NEW-ADDRESS --otp CODE-FROM-THE-NEW-MAILBOX"
            ),
        },
        new("root-password", "Change the root password or access keys")
        {
            Prepare = "Nothing: your provider makes the new password.",
            Steps =
            [
                "A rotation does the password: ask your provider for it.",
                "Keys: open Security credentials, then Access keys, and look when they were used last.",
                "Deactivate them, wait until nobody misses them, then delete them by typing their id.",
            ],
            Proof =
                "CloudTrail has PasswordUpdated or DeleteAccessKey; the account summary says AccountAccessKeysPresent 0.",
            Risk = "A program may still use a key of root: it stops.",
            Member = new(
                $"{Organisation} deletes keys and password of root in it",
                AssumeRoot("IAMDeleteRootUserCredentials"),
                "aws iam list-access-keys",
                "aws iam delete-access-key --access-key-id KEY"
            ),
            AskCommercial = GovCloudKeys,
        },
        new("s3-unlock", "Unlock an S3 bucket policy that denies everybody")
        {
            Prepare = "The name of the bucket, and the policy that it is to have.",
            Steps =
            [
                "Open S3, choose the bucket, then Permissions.",
                "Edit the bucket policy, or delete it if you have no better one.",
            ],
            Proof = "CloudTrail has PutBucketPolicy or DeleteBucketPolicy; an administrator can read the bucket.",
            Risk = "Without a policy the bucket has what its other settings allow: look at the public access block.",
            Member = new(
                $"{Organisation} deletes the policy in a root session that can do nothing else",
                AssumeRoot("S3UnlockBucketPolicy"),
                "aws s3api delete-bucket-policy --bucket BUCKET"
            ),
            AskCommercial = GovCloudKeys,
        },
        new("sqs-unlock", "Unlock an SQS queue policy that denies everybody")
        {
            Prepare = "The address of the queue, and the policy that it is to have.",
            Steps = ["Open SQS, choose the queue, then Access policy.", "Edit the policy."],
            Proof = "CloudTrail has SetQueueAttributes; an administrator can read the queue.",
            Risk = "Whoever the new policy lets in can read what waits there.",
            Member = new(
                $"{Organisation} sets an empty policy in a root session that can do nothing else",
                AssumeRoot("SQSUnlockQueuePolicy"),
                "aws sqs set-queue-attributes --queue-url QUEUE --attributes Policy="
            ),
            AskCommercial = GovCloudKeys,
        },
        new("s3-mfa-delete", "Enable MFA delete on an S3 bucket")
        {
            Prepare = "The name of the bucket, and the AWS command line: the console cannot do it.",
            Steps =
            [
                "Type: aws login, and sign in as root. That gives temporary keys; make no access key.",
                "Type: aws s3api put-bucket-versioning --bucket BUCKET --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa \"DEVICE CODE\"",
                "Type: aws logout",
            ],
            Proof = "The command aws s3api get-bucket-versioning says MFADelete Enabled.",
            Risk = "From then on each deletion of a version needs root.",
        },
        new("billing", "Activate IAM access to billing")
        {
            Prepare = "Nothing.",
            Steps = ["Open Account, then IAM user and role access to Billing information, and activate it."],
            Proof = "An administrator opens the page of the bills.",
            Risk = "Whoever has permissions on billing by IAM has them in fact from then on.",
            AskCommercial = "billing",
        },
        new("tax-invoice", "View certain tax invoices")
        {
            Prepare = "The months, and to whom the invoices go.",
            Steps = ["Open Billing, then Bills, and choose the month.", "Load the tax invoices down."],
            Proof = "The invoices are with who needs them.",
            Risk = "Nothing is changed.",
            AskCommercial = "tax-invoice",
        },
        new("close", "Close the account")
        {
            Prepare = "What is to be kept is copied elsewhere; whoever pays agrees in writing.",
            Steps = ["Open Account, then Close account, and type the number of the account."],
            Proof = "AWS sends a mail to the root address. Within 90 days it can be opened again.",
            Risk = "All that runs in it stops. After 90 days it is gone.",
            Member = new($"{Organisation} closes it", "aws organizations close-account --account-id ACCOUNT"),
            AskCommercial = "close",
        },
        new("kms", "Recover an unmanageable KMS key")
        {
            Prepare =
                "The id of the key. AWS Support calls the primary phone of the account: somebody has to answer it.",
            Steps =
            [
                "Open the Support Center and a case about the key.",
                "Answer the call at the primary phone, and tell what Support asks for.",
            ],
            Proof = "An administrator can read the policy of the key.",
            Risk = "Whoever answers the phone counts as the owner of the account.",
        },
        new("ri-seller", "Register as Reserved Instance Marketplace seller")
        {
            Prepare = "The bank account and the tax data of the seller.",
            Steps = ["Open EC2, then Reserved Instances, and Sell Reserved Instances.", "Fill in the registration."],
            Proof = NoBetterProof,
            Risk = "Money goes to the bank account that was typed.",
        },
        new(GovCloudKeys, "Sign up for GovCloud or its root keys")
        {
            Prepare = "Who is entitled, and the papers that AWS asks for.",
            Steps =
            [
                "Open Account, then Sign up for AWS GovCloud (US).",
                "Keys of its root: open a case at AWS Support.",
            ],
            Proof = NoBetterProof,
            Risk = "Whoever gets keys of its root can do everything there.",
            AskCommercial = GovCloudKeys,
        },
        new("mturk", "Link the account to Mechanical Turk")
        {
            Prepare = "The e-mail address of the requester at Mechanical Turk.",
            Steps = ["Sign in to the requester site, then Developer, and link the AWS account."],
            Proof = "The requester site shows the account.",
            Risk = "Work that is ordered there is billed to this account.",
        },
    ];
}
