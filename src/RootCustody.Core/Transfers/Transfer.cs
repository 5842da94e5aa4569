using RootCustody.Accounts;
using RootCustody.People;

namespace RootCustody.Transfers;

/// <summary>One account on its way out of custody, from the customer's asking to the certificate.</summary>
/// <remarks>By default the receiver sets a password by the mail of <c>Forgot password?</c>; or the halves go to two contacts of the customer, who set it. Either way no one of the provider ever knows it, and nothing is destroyed before the customer says that this worked.</remarks>
public sealed partial class Transfer
{
    public const int LongestReceiver = 200;
    public const int LongestEmail = 254;
    public const int LongestWhy = 500;

    private readonly List<TransferWord> words = [];
    private readonly List<TransferTurn> turns = [];

    private Transfer() { }

    public TransferId Id { get; private set; }
    public AccountId Account { get; private set; }
    public CustomerId Customer { get; private set; }

    /// <summary>The contact of the customer who asked.</summary>
    public PersonId AskedBy { get; private set; }

    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>Who gets the account: company, person and how to reach them, in the customer's words.</summary>
    public string Receiver { get; private set; } = "";

    /// <summary>The e-mail address of the root user from then on: the receiver's own.</summary>
    public string Email { get; private set; } = "";

    /// <summary>The address until then.</summary>
    public string FormerEmail { get; private set; } = "";

    public string Why { get; private set; } = "";

    /// <summary>The customer had no other contact who could agree: two of the provider's people make sure instead.</summary>
    public bool IsSoleContact { get; private set; }

    /// <summary>The second contact who agreed.</summary>
    public PersonId? AgreedBy { get; private set; }

    public DateTimeOffset? AgreedAt { get; private set; }

    /// <summary>The request whose window hands it over: the newest.</summary>
    public RequestId? Handover { get; private set; }

    /// <summary>Whether that window gives the halves to two contacts of the customer, as whoever asked for it chose; else the receiver resets the password by e-mail.</summary>
    public bool InHalves { get; private set; }

    /// <summary>When that came to nothing, so that it can be asked for anew; null while it runs or if it was handed over.</summary>
    public DateTimeOffset? HandoverFailedAt { get; private set; }

    /// <summary>Which of the two who hold the halves said first that it was handed over; null if nobody has, or if it came to nothing.</summary>
    public PersonId? SaidHandedOverBy { get; private set; }

    public DateTimeOffset? SaidHandedOverAt { get; private set; }

    /// <summary>Whether one person has said that it was handed over, and nobody else yet: until then it counts for nothing.</summary>
    public bool AwaitsSecondWord => SaidHandedOverBy is not null && HandedOverAt is null && !IsOver;

    /// <summary>When two had said that it was handed over: both holders, or in two halves both contacts; or one of them and whoever said Received.</summary>
    public DateTimeOffset? HandedOverAt { get; private set; }

    public PersonId? ReceivedBy { get; private set; }
    public DateTimeOffset? ReceivedAt { get; private set; }

    /// <summary>When the vault of the passwords, or of the seeds, kept nothing of the account any more.</summary>
    public DateTimeOffset? PasswordsDestroyedAt { get; private set; }

    /// <inheritdoc cref="PasswordsDestroyedAt"/>
    public DateTimeOffset? SeedsDestroyedAt { get; private set; }

    /// <summary>When those whose turn it is were last told so.</summary>
    public DateTimeOffset ToldAt { get; private set; }

    /// <summary>When those in charge were last told that operators of a vault have to destroy something there.</summary>
    public DateTimeOffset? OperatorsToldAt { get; private set; }

    public DateTimeOffset? CertifiedAt { get; private set; }

    /// <summary>The certificate as JSON; null before it is made.</summary>
    public string? Certificate { get; private set; }

    public PersonId? WithdrawnBy { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public IReadOnlyList<TransferWord> Words => words;

    /// <summary>Whose turn it was, and from when.</summary>
    public IReadOnlyList<TransferTurn> Turns => turns;

    /// <summary>A name that people can say on the phone; not unique for ever, and no rule takes it.</summary>
    public string Name => "T-" + Convert.ToHexString(Id.Value.ToByteArray(), 13, 3);

    public bool IsOver => WithdrawnAt is not null || CertifiedAt is not null;

    /// <summary>Whether the couriers are to destroy what they keep of the account. There is no way back from here.</summary>
    public bool IsToBeDestroyed => WithdrawnAt is null && NewestOf(TransferStep.Destroyed) is { Settles: true };

    /// <summary>A contact asks. That the account is theirs and in custody is for the caller to ask.</summary>
    public static Transfer Of(
        Account account,
        PersonId by,
        string receiver,
        string email,
        string why,
        bool isSoleContact,
        DateTimeOffset now
    )
    {
        var transfer = new Transfer
        {
            Id = TransferId.New(now),
            Account = account.Id,
            Customer = account.Customer,
            AskedBy = by,
            AskedAt = now,
            ToldAt = now,
            Receiver = receiver,
            Email = email,
            FormerEmail = account.Email,
            Why = why,
            IsSoleContact = isSoleContact,
        };
        transfer.Turn(now);
        return transfer;
    }

    /// <summary>What was said last of a step; null if nothing was.</summary>
    public TransferWord? NewestOf(TransferStep step) => words.Where(w => w.Step == step).MaxBy(w => w.Number);

    /// <summary>May this person do what contacts of the customer do?</summary>
    public TransferRefusal? WhyNotAsContact(Person person)
    {
        if (person.Customer != Customer)
            return TransferRefusal.NotAContact;
        return IsOver ? TransferRefusal.NotNow : null;
    }

    public TransferRefusal? WhyNotAgree(Person person)
    {
        if (WhyNotAsContact(person) is { } why)
            return why;
        if (IsDone(TransferStep.Agreed))
            return TransferRefusal.Taken;
        return person.Id == AskedBy ? TransferRefusal.AskedItYourself : null;
    }

    public void Agree(PersonId by, DateTimeOffset now)
    {
        (AgreedBy, AgreedAt) = (by, now);
        Turn(now);
    }

    /// <summary>May this person say how a step is?</summary>
    /// <param name="keeps">Whether they are a custodian of the account.</param>
    /// <param name="hasSecondContact">Whether another contact of the customer could agree.</param>
    public TransferRefusal? WhyNotSay(TransferStep step, Person person, bool keeps, bool hasSecondContact)
    {
        if (person.Customer is not null)
            return TransferRefusal.NotOfProvider;
        if (step == TransferStep.Invoices ? !person.IsFinance : !keeps && !person.IsAdministrator)
            return step == TransferStep.Invoices ? TransferRefusal.NotFinance : TransferRefusal.NotOfProvider;
        if (IsOver || !IsNext(step))
            return TransferRefusal.NotNow;
        return step == TransferStep.Agreed && hasSecondContact ? TransferRefusal.HasSecondContact : null;
    }

    /// <param name="holds">False to say what is missing; of invoices only.</param>
    public TransferWord Say(TransferStep step, bool holds, string text, PersonId by, DateTimeOffset now)
    {
        var word = TransferWord.Of(words.Count + 1, step, holds, text, by, now);
        words.Add(word);
        Turn(now);
        return word;
    }

    /// <summary>May this person give the second word?</summary>
    /// <inheritdoc cref="WhyNotSay"/>
    public TransferRefusal? WhyNotConfirm(TransferWord word, Person person, bool keeps, bool hasSecondContact)
    {
        if (WhyNotSay(word.Step, person, keeps, hasSecondContact) is { } why)
            return why;
        if (word.Step.NeedsOneWord() || NewestOf(word.Step) != word)
            return TransferRefusal.NotNow;
        return word.By == person.Id ? TransferRefusal.SaidItYourself : null;
    }

    public void Confirm(TransferWord word, PersonId by, DateTimeOffset now)
    {
        word.Confirm(by, now);
        Turn(now);
    }

    /// <summary>May a contact ask for the window now?</summary>
    public TransferRefusal? WhyNotHandOver(Person person) =>
        WhyNotAsContact(person) ?? (IsNext(TransferStep.Asked) ? null : TransferRefusal.NotNow);

    /// <summary>The window is asked for.</summary>
    /// <param name="inHalves">Whether the halves go to two contacts.</param>
    public void AskFor(RequestId handover, bool inHalves, DateTimeOffset now)
    {
        (Handover, InHalves, HandoverFailedAt) = (handover, inHalves, null);
        (SaidHandedOverBy, SaidHandedOverAt) = (null, null);
        Turn(now);
    }

    /// <summary>Whether this is the request that hands it over, and nobody has said yet that it did; late too, if the window ended over the work.</summary>
    public bool CanBeHandedOver(RequestId by) => !IsOver && Handover == by && HandedOverAt is null;

    /// <summary>One of the two who hold the halves says that it was handed over.</summary>
    /// <returns>Whether it counts: two different people have said so.</returns>
    public bool SayHandedOver(PersonId by, DateTimeOffset now)
    {
        HandoverFailedAt = null;
        if (SaidHandedOverBy is null)
            (SaidHandedOverBy, SaidHandedOverAt) = (by, now);
        else if (SaidHandedOverBy != by)
            HandedOverAt = now;
        Turn(now);
        return HandedOverAt is not null;
    }

    /// <summary>May this person give the second word that it was handed over?</summary>
    /// <param name="holds">Whether a half of its window is, or was, theirs.</param>
    public TransferRefusal? WhyNotSecond(Person person, bool holds)
    {
        if (!holds)
            return TransferRefusal.NotAHolder;
        if (!AwaitsSecondWord)
            return TransferRefusal.NotNow;
        return SaidHandedOverBy == person.Id ? TransferRefusal.SaidItYourself : null;
    }

    /// <summary>The request is over, and nobody has said that it was handed over.</summary>
    /// <returns>False if this changes nothing.</returns>
    public bool MissHandover(DateTimeOffset now)
    {
        var isSaid = (SaidHandedOverAt ?? HandedOverAt) is not null;
        if (IsOver || Handover is null || isSaid || HandoverFailedAt is not null)
            return false;
        HandoverFailedAt = now;
        Turn(now);
        return true;
    }

    /// <summary>May a contact say whether it arrived? If one holder only has said that it was handed over, theirs is the second word, so that it has to be another's.</summary>
    /// <param name="works">Whether they say that it did.</param>
    public TransferRefusal? WhyNotReceive(Person person, bool works)
    {
        if (WhyNotAsContact(person) is { } why)
            return why;
        if (!IsNext(TransferStep.Received) && !AwaitsSecondWord)
            return TransferRefusal.NotNow;
        return works && AwaitsSecondWord && SaidHandedOverBy == person.Id ? TransferRefusal.SaidItYourself : null;
    }

    /// <summary>The receiver has it, or it did not work: then the account is the provider's to keep again, and the window can be asked for anew.</summary>
    public void Receive(bool works, PersonId by, DateTimeOffset now)
    {
        if (works)
            (HandedOverAt, ReceivedBy, ReceivedAt) = (HandedOverAt ?? now, by, now);
        else
            (HandedOverAt, SaidHandedOverBy, SaidHandedOverAt, HandoverFailedAt) = (null, null, null, now);
        Turn(now);
    }

    /// <summary>May this contact take it back? Once it is handed over nobody can.</summary>
    public TransferRefusal? WhyNotWithdraw(Person person) =>
        WhyNotAsContact(person) ?? (HandedOverAt is null ? null : TransferRefusal.NotNow);

    public void Withdraw(PersonId by, DateTimeOffset now)
    {
        (WithdrawnBy, WithdrawnAt) = (by, now);
        Turn(now);
    }

    /// <summary>The vault of this half keeps nothing of the account any more.</summary>
    public void Destroyed(Half half, DateTimeOffset now)
    {
        if (half == Half.Password)
            PasswordsDestroyedAt ??= now;
        else
            SeedsDestroyedAt ??= now;
        Turn(now);
    }

    /// <summary>When this half was destroyed; null if it was not.</summary>
    public DateTimeOffset? DestroyedAt(Half half) => half == Half.Password ? PasswordsDestroyedAt : SeedsDestroyedAt;

    /// <summary>Those whose turn it is were told.</summary>
    public void WasTold(DateTimeOffset now) => ToldAt = now;

    public void OperatorsWereTold(DateTimeOffset now) => OperatorsToldAt = now;

    public void Certify(string certificate, DateTimeOffset now)
    {
        (Certificate, CertifiedAt) = (certificate, now);
        Turn(now);
    }
}
