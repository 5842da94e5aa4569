using RootCustody.Rotation;

namespace RootCustody.Accounts;

/// <summary>The credential of one user of an AWS account in custody: of its root user, or of one of its IAM users. Each law counts for it by itself.</summary>
public sealed class Account
{
    private Account() { }

    public AccountId Id { get; private set; }

    /// <summary>The 12 digits of AWS; for an IAM user a slash and their name follow (<see cref="AccountNumber"/>).</summary>
    public string Number { get; private set; } = "";

    /// <summary>The 12 digits alone.</summary>
    public string Digits => AccountNumber.DigitsOf(Number);

    /// <summary>The IAM user whose credential it is; null if it is the root user's.</summary>
    public IamUserName? User => AccountNumber.UserOf(Number);

    public string Name { get; private set; } = "";

    /// <summary>The e-mail address of the root user, which is its sign-in name; empty for an IAM user, who has none.</summary>
    public string Email { get; private set; } = "";

    public CustomerId Customer { get; private set; }
    public GroupId PasswordGroup { get; private set; }

    /// <summary>Keeps the MFA half. Where there is none (<see cref="WithoutMfa"/>) it keeps nothing, and its custodians are the second person of a request and of a rotation.</summary>
    public GroupId MfaGroup { get; private set; }

    /// <summary>An IAM user of an older contract who has no MFA device at AWS: the password alone signs in, and there is no other half.</summary>
    public bool WithoutMfa { get; private set; }

    /// <summary>The management account of its organisation, whose bars it inherits (law 1); null for that account itself, for one that stands alone, and for an IAM user, which is where its account is.</summary>
    public AccountId? Management { get; private set; }

    /// <summary>The commercial account whose AWS GovCloud (US) account it is, and whose bars it inherits (law 1); null for any other account, and for an IAM user.</summary>
    public AccountId? GovCloudOf { get; private set; }

    /// <summary>The generation of the password that AWS knows, as far as we know; 0 before the first.</summary>
    public int PasswordGeneration { get; private set; }

    /// <summary>The newest generation of the MFA half that came into use; 0 before the first, below zero if all are keys held outside. Which live, their <see cref="MfaDevice"/> says.</summary>
    public int MfaGeneration { get; private set; }

    /// <summary>Since when the password is an unpaid debt (law 14); null if it is none.</summary>
    public DateTimeOffset? OwesSince { get; private set; }

    /// <summary>When the password has to be rotated at the latest, because it was exposed or grew old; null before the first.</summary>
    public DateTimeOffset? RotateBy { get; private set; }

    /// <summary>Since when the plan of rotations holds for each half; null if it has to be made anew.</summary>
    public DateTimeOffset? PasswordPlannedAt { get; private set; }

    /// <inheritdoc cref="PasswordPlannedAt"/>
    public DateTimeOffset? MfaPlannedAt { get; private set; }

    /// <summary>Since when it is being taken into custody; null if that never began, as for what was here before there was the ceremony.</summary>
    public DateTimeOffset? OnboardingSince { get; private set; }

    /// <summary>When it was found to be in custody, each item being proven or waived; null if it was not.</summary>
    public DateTimeOffset? OnboardedAt { get; private set; }

    /// <summary>Since when it is closed at AWS: nothing is asked for it and nothing rotated, and its secrets stay until it is reopened or ended. Null if it is not.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Since when the root user has the address and the devices of whoever received the account; null if it is ours to keep.</summary>
    public DateTimeOffset? HandedOverAt { get; private set; }

    /// <summary>Whether the ceremony that takes it into custody is under way.</summary>
    public bool IsOnboarding =>
        OnboardingSince is not null
        && OnboardedAt is null
        && ClosedAt is null
        && HandedOverAt is null
        && GovCloudOf is null; // it has no password to take in

    /// <summary>How its holders sign in: by the address of the root user, or as the IAM user at the sign-in page of the account.</summary>
    public string SignsInAs => User is { } user ? $"{user} at https://{Digits}.signin.aws.amazon.com/console" : Email;

    /// <param name="email">Empty for an IAM user.</param>
    public static Account Of(
        string number,
        string name,
        string email,
        CustomerId customer,
        GroupId passwordGroup,
        GroupId mfaGroup,
        DateTimeOffset now,
        bool withoutMfa = false
    ) =>
        new()
        {
            Id = AccountId.New(now),
            Number = number,
            Name = name,
            Email = email,
            Customer = customer,
            PasswordGroup = passwordGroup,
            MfaGroup = mfaGroup,
            WithoutMfa = withoutMfa && AccountNumber.UserOf(number) is not null,
        };

    public GroupId GroupOf(Half half) =>
        half switch
        {
            Half.Password => PasswordGroup,
            Half.Mfa => MfaGroup,
        };

    public int GenerationOf(Half half) =>
        half switch
        {
            Half.Password => PasswordGeneration,
            Half.Mfa => MfaGeneration,
        };

    public void Rename(string name) => Name = name;

    public void ChangeEmail(string email) => Email = email;

    public void MoveTo(CustomerId customer)
    {
        Customer = customer;
        (PasswordPlannedAt, MfaPlannedAt) = (null, null); // another policy may count
    }

    public void BelongTo(AccountId? management) => Management = management;

    /// <summary>From now on it is the GovCloud account of this commercial one, or of none.</summary>
    public void PairWith(AccountId? commercial) => GovCloudOf = commercial;

    /// <summary>Other groups keep the halves from now on. That they share nobody (law 3) is for the caller to ask.</summary>
    public void EntrustTo(GroupId passwordGroup, GroupId mfaGroup)
    {
        PasswordGroup = passwordGroup;
        MfaGroup = mfaGroup;
        (PasswordPlannedAt, MfaPlannedAt) = (null, null);
    }

    /// <summary>It was entered as one with an MFA device, and has none.</summary>
    /// <exception cref="InvalidOperationException">A device came into use, or it is a root user.</exception>
    public void BeWithoutMfa()
    {
        if (User is null || MfaGeneration != 0)
            throw new InvalidOperationException("Only an IAM user of whom no device came into use is without MFA.");
        WithoutMfa = true;
    }

    /// <summary>An IAM user who had none is to get an MFA device: until it is in custody nothing is asked for.</summary>
    public void ExpectMfa() => WithoutMfa = false;

    /// <summary>The ceremony that takes it into custody begins.</summary>
    /// <returns>False if it has begun before.</returns>
    public bool BeginOnboarding(DateTimeOffset now)
    {
        if (OnboardingSince is not null)
            return false;
        OnboardingSince = now;
        return true;
    }

    /// <summary>It is in custody. That each item is proven or waived is for the caller to ask.</summary>
    public void EndOnboarding(DateTimeOffset now) => OnboardedAt = now;

    public void Close(DateTimeOffset now) => ClosedAt = now;

    /// <summary>It is open at AWS again. Who saw what is barred as before, and what was owed is owed.</summary>
    public void Reopen()
    {
        ClosedAt = null;
        (PasswordPlannedAt, MfaPlannedAt) = (null, null);
    }

    /// <summary>Others have it: nothing is asked for it and nothing rotated.</summary>
    /// <param name="email">The address of its root user from now on.</param>
    public void HandOver(string email, DateTimeOffset now) => (Email, HandedOverAt) = (email, now);

    /// <summary>It did not get there: what we keep may be all that opens it, and what was owed is owed.</summary>
    public void TakeBack()
    {
        HandedOverAt = null;
        (PasswordPlannedAt, MfaPlannedAt) = (null, null);
    }

    /// <summary>Whether there is something to ask for.</summary>
    public bool IsInCustody =>
        PasswordGeneration > 0 && (MfaGeneration != 0 || WithoutMfa) && ClosedAt is null && HandedOverAt is null;

    /// <summary>The first password got in.</summary>
    public void TakePassword(int generation, Policy policy, DateTimeOffset now)
    {
        PasswordGeneration = generation;
        RotateBy = now + policy.RotateEvery;
        PasswordPlannedAt = null;
    }

    /// <summary>An MFA device came into use.</summary>
    public void TakeDevice(int generation)
    {
        MfaGeneration = MfaGeneration == 0 ? generation : Math.Max(generation, MfaGeneration);
        MfaPlannedAt = null;
    }

    /// <summary>The rotations of this half are planned.</summary>
    public void Planned(Half half, DateTimeOffset now)
    {
        if (half == Half.Password)
            PasswordPlannedAt = now;
        else
            MfaPlannedAt = now;
    }

    /// <summary>The password was shown, or maybe shown, outside a rotation (law 14).</summary>
    public void Owe(Policy policy, DateTimeOffset now)
    {
        OwesSince ??= now;
        var by = now + policy.RotateAfterUse;
        if (RotateBy is null || by < RotateBy)
            RotateBy = by;
        PasswordPlannedAt = null;
    }

    /// <summary>Whether custodians are to be asked for a rotation: at once for a debt, on schedule otherwise.</summary>
    /// <param name="date">What is planned for the password; without a plan that holds, its limit counts.</param>
    public bool NeedsRotationAt(DateTimeOffset now, RotationDate? date = null) =>
        IsInCustody
        && (OwesSince is not null || now >= (PasswordPlannedAt is null || date is null ? RotateBy : date.DueAt));

    /// <summary>Two holders attest that AWS now has this generation.</summary>
    /// <returns>What ends with it: every earlier generation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The generation is not newer than the living one.</exception>
    public Retirement Promote(
        int generation,
        PersonId passwordHolder,
        PersonId mfaHolder,
        Policy policy,
        DateTimeOffset now
    )
    {
        var retirement = Live(generation, passwordHolder, mfaHolder, now);
        OwesSince = null;
        RotateBy = now + policy.RotateEvery;
        return retirement;
    }

    /// <summary>Two holders found out that AWS has a generation of a rotation that had stopped. It is the living one, and a debt: it was shown and not settled then.</summary>
    /// <inheritdoc cref="Promote"/>
    public Retirement Recognise(
        int generation,
        PersonId passwordHolder,
        PersonId mfaHolder,
        Policy policy,
        DateTimeOffset now
    )
    {
        var retirement = Live(generation, passwordHolder, mfaHolder, now);
        Owe(policy, now);
        return retirement;
    }

    private Retirement Live(int generation, PersonId passwordHolder, PersonId mfaHolder, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(generation, PasswordGeneration);
        PasswordGeneration = generation;
        PasswordPlannedAt = null;
        return Retirement.Attested(Id, Half.Password, generation - 1, passwordHolder, mfaHolder, now);
    }
}
