using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data.Audit;
using RootCustody.Data.Backups;
using RootCustody.Data.Chat;
using RootCustody.Data.People;
using RootCustody.Data.Reveals;
using RootCustody.Moves;
using RootCustody.Onboarding;
using RootCustody.People;
using RootCustody.Posture;
using RootCustody.Proofs;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Rotation;
using RootCustody.Transfers;

namespace RootCustody.Data;

internal sealed class PersonMapping : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.ToTable("People");
        person.HasIndex(p => p.Key).IsUnique();
        person.Property(p => p.Id).ValueGeneratedNever();
        person.Property(p => p.Key).HasMaxLength(100);
        person.Property(p => p.Name).HasMaxLength(200);
        person.Property<int>(CustodyDb.Version).IsConcurrencyToken(); // law 9
        person.HasMany(p => p.Identities).WithOne().HasForeignKey(i => i.Person);
        person.HasMany(p => p.FormerIdentities).WithOne().HasForeignKey(i => i.Person);
        person.HasIndex(p => p.FreezeWaitsSince); // the sweep reads only what waits
        person.OwnsMany(
            p => p.Assignments,
            assignment =>
            {
                assignment.ToTable("Assignments");
                assignment.WithOwner().HasForeignKey(a => a.Person);
                assignment.HasKey(a => new { a.Person, a.Customer });
            }
        );
    }
}

internal sealed class LinkedIdentityMapping : IEntityTypeConfiguration<LinkedIdentity>
{
    public void Configure(EntityTypeBuilder<LinkedIdentity> identity)
    {
        identity.ToTable("Identities");
        identity.HasKey(i => new
        {
            i.Platform,
            i.Realm,
            i.User,
        }); // law 2: each identity to one person
        identity.Property(i => i.Realm).HasMaxLength(100);
        identity.Property(i => i.User).HasMaxLength(100);
        identity.Ignore(i => i.ChatUser);
    }
}

internal sealed class FormerIdentityMapping : IEntityTypeConfiguration<FormerIdentity>
{
    public void Configure(EntityTypeBuilder<FormerIdentity> identity)
    {
        identity.ToTable("FormerIdentities");
        identity.HasIndex(i => new
        {
            i.Platform,
            i.Realm,
            i.User,
        });
        identity.Property(i => i.Realm).HasMaxLength(100);
        identity.Property(i => i.User).HasMaxLength(100);
    }
}

internal sealed class RealmMapping : IEntityTypeConfiguration<Realm>
{
    public void Configure(EntityTypeBuilder<Realm> realm)
    {
        realm.ToTable("Realms");
        realm.HasKey(r => new { r.Platform, r.Name });
        realm.Property(r => r.Name).HasMaxLength(100);
    }
}

internal sealed class CustodianGroupMapping : IEntityTypeConfiguration<CustodianGroup>
{
    public void Configure(EntityTypeBuilder<CustodianGroup> group)
    {
        group.ToTable("Groups");
        group.HasIndex(g => g.Key).IsUnique();
        group.Property(g => g.Id).ValueGeneratedNever();
        group.Property(g => g.Key).HasMaxLength(100);
        group.Property(g => g.Name).HasMaxLength(200);
        group.Property<int>(CustodyDb.Version).IsConcurrencyToken();
        group.HasMany(g => g.Members).WithOne().HasForeignKey(m => m.Group);
    }
}

internal sealed class MembershipMapping : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> membership)
    {
        membership.ToTable("Memberships");
        membership.HasKey(m => new { m.Group, m.Person });
        membership.HasOne<Person>().WithMany().HasForeignKey(m => m.Person);
    }
}

internal sealed class OnCallShiftMapping : IEntityTypeConfiguration<OnCallShift>
{
    public void Configure(EntityTypeBuilder<OnCallShift> shift)
    {
        shift.ToTable("OnCallShifts");
        shift.HasIndex(s => new { s.Group, s.Until });
    }
}

internal sealed class CustomerMapping : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> customer)
    {
        customer.ToTable("Customers");
        customer.HasIndex(c => c.Key).IsUnique();
        customer.Property(c => c.Id).ValueGeneratedNever();
        customer.Property(c => c.Key).HasMaxLength(100);
        customer.Property(c => c.Name).HasMaxLength(200);
    }
}

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> account)
    {
        // law 3: one group never keeps both
        account.ToTable(
            "Accounts",
            t => t.HasCheckConstraint("CK_Accounts_TwoGroups", "\"PasswordGroup\" <> \"MfaGroup\"")
        );
        account.HasIndex(a => a.Number).IsUnique();
        account.HasIndex(a => a.RotateBy); // the sweep reads only what is due
        account.HasIndex(a => a.OwesSince);
        account.HasIndex(a => a.PasswordPlannedAt); // what has to be planned anew has none
        account.HasIndex(a => a.MfaPlannedAt);
        account.HasIndex(a => a.PasswordGroup);
        account.HasIndex(a => a.MfaGroup);
        account.HasIndex(a => a.Customer);
        account.HasIndex(a => a.OnboardingSince);
        account.Ignore(a => a.IsOnboarding);
        account.Ignore(a => a.User);
        account.Property(a => a.Id).ValueGeneratedNever();
        account.Property(a => a.Number).HasMaxLength(AccountNumber.Longest);
        account.Property(a => a.Name).HasMaxLength(200);
        account.Property(a => a.Email).HasMaxLength(320);
        account.Property<int>(CustodyDb.Version).IsConcurrencyToken();
    }
}

internal sealed class RotationDateMapping : IEntityTypeConfiguration<RotationDate>
{
    public void Configure(EntityTypeBuilder<RotationDate> date)
    {
        date.ToTable("RotationDates");
        date.HasKey(d => new { d.Account, d.Half });
        date.HasIndex(d => new { d.Half, d.DueAt }); // the sweeps read only what is due
        date.HasIndex(d => d.RemindOn);
        date.HasIndex(d => d.DutyOn);
        date.Property<int>(CustodyDb.Version).IsConcurrencyToken(); // law 9
    }
}

internal sealed class DigestMapping : IEntityTypeConfiguration<Digest>
{
    public void Configure(EntityTypeBuilder<Digest> digest)
    {
        digest.ToTable("Digests");
        digest.HasKey(d => new { d.Person, d.Day }); // one a day, whichever node sends it
        digest.HasIndex(d => d.Day);
    }
}

internal sealed class CalendarLinkMapping : IEntityTypeConfiguration<CalendarLink>
{
    public void Configure(EntityTypeBuilder<CalendarLink> link)
    {
        link.ToTable("CalendarLinks");
        link.HasKey(l => l.Person);
        link.Property(l => l.Person).ValueGeneratedNever();
        link.Property(l => l.Hash).HasMaxLength(64);
        link.HasIndex(l => l.Hash).IsUnique();
    }
}

internal sealed class EvidenceMapping : IEntityTypeConfiguration<Evidence>
{
    public void Configure(EntityTypeBuilder<Evidence> evidence)
    {
        // never confirmed by who brought it
        evidence.ToTable("Evidence", t => t.HasCheckConstraint("CK_Evidence_TwoPeople", "\"By\" <> \"ConfirmedBy\""));
        evidence.HasKey(e => new { e.Account, e.Source }); // the newest of its kind
        evidence.HasIndex(e => e.Id).IsUnique();
        evidence.Property(e => e.Id).ValueGeneratedNever();
        evidence.Property(e => e.Text).HasMaxLength(RootLine.Longest);
        evidence.Property<int>(CustodyDb.Version).IsConcurrencyToken(); // law 9
    }
}

internal sealed class OnboardingWordMapping : IEntityTypeConfiguration<OnboardingWord>
{
    public void Configure(EntityTypeBuilder<OnboardingWord> word)
    {
        // never confirmed by who said it
        word.ToTable(
            "OnboardingWords",
            t => t.HasCheckConstraint("CK_OnboardingWords_TwoPeople", "\"By\" <> \"ConfirmedBy\"")
        );
        word.HasKey(w => new { w.Account, w.Item }); // the newest of each
        word.HasIndex(w => w.Id).IsUnique();
        word.Property(w => w.Id).ValueGeneratedNever();
        word.Property(w => w.Text).HasMaxLength(OnboardingWord.LongestText);
        word.Property<int>(CustodyDb.Version).IsConcurrencyToken(); // law 9
    }
}

internal sealed class TransferMapping : IEntityTypeConfiguration<Transfer>
{
    public void Configure(EntityTypeBuilder<Transfer> transfer)
    {
        transfer.ToTable(
            "Transfers",
            t =>
            {
                t.HasCheckConstraint("CK_Transfers_TwoContacts", "\"AskedBy\" <> \"AgreedBy\"");
                t.HasCheckConstraint(
                    "CK_Transfers_CertifiedLast",
                    "\"CertifiedAt\" IS NULL OR (\"ReceivedAt\" IS NOT NULL AND \"PasswordsDestroyedAt\" IS NOT NULL AND \"SeedsDestroyedAt\" IS NOT NULL)"
                );
            }
        );
        transfer.HasKey(t => t.Id);
        transfer.Ignore(t => t.AwaitsSecondWord);
        transfer.Property(t => t.Id).ValueGeneratedNever();
        transfer.Property(t => t.Receiver).HasMaxLength(Transfer.LongestReceiver);
        transfer.Property(t => t.Email).HasMaxLength(Transfer.LongestEmail);
        transfer.Property(t => t.FormerEmail).HasMaxLength(Transfer.LongestEmail);
        transfer.Property(t => t.Why).HasMaxLength(Transfer.LongestWhy);
        transfer.HasIndex(t => t.Handover);
        // one at a time
        transfer.HasIndex(t => t.Account).IsUnique().HasFilter("\"CertifiedAt\" IS NULL AND \"WithdrawnAt\" IS NULL");
        transfer.HasIndex(t => t.CertifiedAt); // the sweeps read only what is under way
        transfer.OwnsMany(t => t.Words, Words);
        transfer.OwnsMany(t => t.Turns, Turns);
        transfer.Property<int>(CustodyDb.Version).IsConcurrencyToken(); // law 9
    }

    private static void Words(OwnedNavigationBuilder<Transfer, TransferWord> word)
    {
        // never confirmed by who said it
        word.ToTable(
            "TransferWords",
            t => t.HasCheckConstraint("CK_TransferWords_TwoPeople", "\"By\" <> \"ConfirmedBy\"")
        );
        word.WithOwner().HasForeignKey("Transfer");
        word.HasKey("Transfer", nameof(TransferWord.Number));
        word.Property(w => w.Number).ValueGeneratedNever();
        word.HasIndex(w => w.Id).IsUnique();
        word.Property(w => w.Text).HasMaxLength(TransferWord.LongestText);
    }

    private static void Turns(OwnedNavigationBuilder<Transfer, TransferTurn> turn)
    {
        turn.ToTable("TransferTurns");
        turn.WithOwner().HasForeignKey("Transfer");
        turn.HasKey("Transfer", nameof(TransferTurn.Number));
        turn.Property(t => t.Number).ValueGeneratedNever();
    }
}

internal sealed class MoveMapping : IEntityTypeConfiguration<Move>
{
    public void Configure(EntityTypeBuilder<Move> move)
    {
        move.ToTable(
            "Moves",
            t =>
            {
                // whoever gets it neither begins nor ends it, and nobody does both
                t.HasCheckConstraint(
                    "CK_Moves_OthersDecide",
                    "\"From\" <> \"To\" AND \"BegunBy\" <> \"To\" AND \"EndedBy\" <> \"To\" AND \"EndedBy\" <> \"BegunBy\""
                );
                t.HasCheckConstraint(
                    "CK_Moves_InOrder",
                    "(\"TakenAt\" IS NULL OR \"HandedAt\" IS NOT NULL) AND (\"EndedAt\" IS NULL OR (\"TakenAt\" IS NOT NULL AND \"CancelledAt\" IS NULL))"
                );
            }
        );
        move.HasKey(m => m.Id);
        move.Property(m => m.Id).ValueGeneratedNever();
        move.Property(m => m.Label).HasMaxLength(Keeper.LongestLabel);
        move.Property(m => m.Why).HasMaxLength(Move.LongestText);
        move.Property(m => m.Handed).HasMaxLength(Move.LongestText);
        move.Property(m => m.Tried).HasMaxLength(Move.LongestText);
        move.Property(m => m.CancelledWhy).HasMaxLength(Move.LongestText);
        // one at a time
        move.HasIndex(m => new { m.Account, m.Thing })
            .IsUnique()
            .HasFilter("\"EndedAt\" IS NULL AND \"CancelledAt\" IS NULL");
        move.HasIndex(m => m.To);
        move.Property<int>(CustodyDb.Version).IsConcurrencyToken(); // law 9
    }
}

internal sealed class FindingMapping : IEntityTypeConfiguration<Finding>
{
    public void Configure(EntityTypeBuilder<Finding> finding)
    {
        finding.ToTable("Findings");
        finding.HasKey(f => new { f.Account, f.Practice });
        finding.HasIndex(f => f.RemindOn); // the sweeps read only what is to be told
        finding.HasIndex(f => f.State);
        finding.Property(f => f.Words).HasMaxLength(Finding.LongestWords);
        finding.Property<int>(CustodyDb.Version).IsConcurrencyToken(); // law 9
    }
}

internal sealed class TrailKeyMapping : IEntityTypeConfiguration<TrailKey>
{
    public void Configure(EntityTypeBuilder<TrailKey> key)
    {
        key.ToTable("TrailKeys");
        key.HasKey(k => k.Fingerprint);
        key.Property(k => k.Fingerprint).HasMaxLength(TrailKey.FingerprintLength);
        key.Property(k => k.Value).HasMaxLength(TrailKey.LongestValue);
    }
}

internal sealed class ProofMapping : IEntityTypeConfiguration<Proof>
{
    public void Configure(EntityTypeBuilder<Proof> proof)
    {
        proof.ToTable("Proofs");
        proof.HasKey(p => new { p.Account, p.EventId }); // deliveries repeat
        proof.HasIndex(p => p.Fingerprint);
        proof.Property(p => p.EventId).HasMaxLength(RootChange.LongestEventId);
        proof.Property(p => p.EventName).HasMaxLength(RootChange.LongestEventName);
        proof.Property(p => p.Digest).HasMaxLength(TrailDigest.LongestName);
        proof.Property(p => p.Fingerprint).HasMaxLength(TrailKey.FingerprintLength);
    }
}

internal sealed class KeeperMapping : IEntityTypeConfiguration<Keeper>
{
    public void Configure(EntityTypeBuilder<Keeper> keeper)
    {
        keeper.ToTable("Keepers");
        keeper.HasKey(k => new
        {
            k.Account,
            k.Person,
            k.Thing,
            k.Label,
        });
        keeper.HasIndex(k => k.Person);
        keeper.Property(k => k.Label).HasMaxLength(Keeper.LongestLabel);
    }
}

internal sealed class RetirementMapping : IEntityTypeConfiguration<Retirement>
{
    public void Configure(EntityTypeBuilder<Retirement> retirement)
    {
        // law 14: never on one person's word
        retirement.ToTable(
            "Retirements",
            t => t.HasCheckConstraint("CK_Retirements_TwoPeople", "\"AttestedBy\" <> \"AndBy\"")
        );
        retirement.HasIndex(r => r.Account);
    }
}

internal sealed class MfaDeviceMapping : IEntityTypeConfiguration<MfaDevice>
{
    public void Configure(EntityTypeBuilder<MfaDevice> device)
    {
        device.ToTable("MfaDevices");
        device.Property(d => d.Id).ValueGeneratedNever();
        device.Property<int>(CustodyDb.Version).IsConcurrencyToken(); // law 9: one code, one person
        device.HasIndex(d => new { d.Account, d.Generation }).IsUnique();
        device.Property(d => d.Label).HasMaxLength(MfaDevice.LongestLabel);
    }
}

internal sealed class HeldKeyMapping : IEntityTypeConfiguration<HeldKey>
{
    public void Configure(EntityTypeBuilder<HeldKey> key)
    {
        key.ToTable("HeldKeys");
        key.HasKey(k => k.Device);
        key.Property(k => k.Device).ValueGeneratedNever();
        key.Property<int>(CustodyDb.Version).IsConcurrencyToken();
        key.HasIndex(k => k.Account);
        key.HasIndex(k => k.OutIn);
        key.Property(k => k.Place).HasMaxLength(KeyPlace.LongestWords);
        key.Property(k => k.NewPlace).HasMaxLength(KeyPlace.LongestWords);
        key.Property(k => k.Seal).HasMaxLength(KeyPlace.LongestSeal);
        key.Property(k => k.NewSeal).HasMaxLength(KeyPlace.LongestSeal);
        key.Ignore(k => k.Now);
        key.Ignore(k => k.Next);
    }
}

internal sealed class OldPasswordsMapping : IEntityTypeConfiguration<OldPasswords>
{
    public void Configure(EntityTypeBuilder<OldPasswords> old)
    {
        old.ToTable("OldPasswords", t => t.HasCheckConstraint("CK_OldPasswords_Span", "\"From\" <= \"Through\""));
        old.HasKey(o => new { o.Account, o.Through });
        old.HasIndex(o => o.DestroyAt); // the sweep reads only what is due
    }
}

internal sealed class EndingMapping : IEntityTypeConfiguration<Ending>
{
    public void Configure(EntityTypeBuilder<Ending> ending)
    {
        ending.ToTable(
            "Endings",
            t =>
                t.HasCheckConstraint(
                    "CK_Endings_DecidedFirst",
                    "\"DecidedAt\" IS NOT NULL OR (\"PasswordsDestroyedAt\" IS NULL AND \"SeedsDestroyedAt\" IS NULL)"
                )
        );
        ending.HasKey(e => e.Account);
        ending.HasOne<Account>().WithOne().HasForeignKey<Ending>(e => e.Account).OnDelete(DeleteBehavior.Restrict);
        ending.Property<int>(CustodyDb.Version).IsConcurrencyToken();
    }
}

internal sealed class KnownPasswordMapping : IEntityTypeConfiguration<KnownPassword>
{
    public void Configure(EntityTypeBuilder<KnownPassword> known)
    {
        known.ToTable("KnownPasswords");
        known.HasKey(k => k.Fingerprint); // no two accounts ever get the same password
        known.Property(k => k.Fingerprint).HasMaxLength(2 * Fingerprint.Length);
    }
}

internal sealed class ExposureMapping : IEntityTypeConfiguration<Exposure>
{
    public void Configure(EntityTypeBuilder<Exposure> exposure)
    {
        exposure.ToTable("Exposures");
        exposure.Property(e => e.Id).ValueGeneratedNever();
        exposure.HasIndex(e => new { e.Account, e.Person });
        exposure.HasIndex(e => new { e.Removal, e.Until });
        exposure.HasIndex(e => e.Request);
        exposure.Property<int>(CustodyDb.Version).IsConcurrencyToken();
    }
}

internal sealed class OfferMapping : IEntityTypeConfiguration<Offer>
{
    public void Configure(EntityTypeBuilder<Offer> offer)
    {
        offer.ToTable("Offers");
        offer.Property(o => o.Id).HasMaxLength(Offer.IdLength);
        offer.HasIndex(o => o.Expires);
    }
}

internal sealed class RequestMapping : IEntityTypeConfiguration<Request>
{
    private static readonly string[] Parts =
    [
        nameof(Request.Requester),
        nameof(Request.PasswordApprover),
        nameof(Request.MfaApprover),
        nameof(Request.ContactApprover),
        nameof(Request.DutyApprover),
    ];

    /// <summary>Laws 1 and 2: halves go to two contacts or to none, and neither of them approved one.</summary>
    private static string TwoReceivers =>
        $"(\"{nameof(Request.PasswordReceiver)}\" IS NULL AND \"{nameof(Request.MfaReceiver)}\" IS NULL) OR (\"{nameof(Request.PasswordReceiver)}\" IS NOT NULL AND \"{nameof(Request.MfaReceiver)}\" IS NOT NULL AND {AllDiffer([nameof(Request.PasswordReceiver), nameof(Request.MfaReceiver), nameof(Request.PasswordApprover), nameof(Request.MfaApprover)])})";

    public void Configure(EntityTypeBuilder<Request> request)
    {
        // law 2: there is one approver for each half by the columns, and each person has one part at most
        request.ToTable(
            "Requests",
            t =>
            {
                t.HasCheckConstraint("CK_Requests_OnePartEach", AllDiffer(Parts));
                t.HasCheckConstraint("CK_Requests_TwoExtenders", AllDiffer(["PasswordExtender", "MfaExtender"]));
                t.HasCheckConstraint("CK_Requests_TwoReceivers", TwoReceivers);
            }
        );
        request.Property(r => r.Id).ValueGeneratedNever();
        request.Property(r => r.Task).HasMaxLength(50);
        request.Property(r => r.Justification).HasMaxLength(Ask.LongestJustification);
        request.Property(r => r.Ticket).HasMaxLength(Ask.LongestTicket);
        request.Property(r => r.LeftBehind).HasMaxLength(ClosingAnswer.LongestText);
        request.Property(r => r.WorkLog).HasMaxLength(ClosingAnswer.LongestText);
        request.Property<int>(CustodyDb.Version).IsConcurrencyToken(); // law 9; counted up by CustodyDb
        request.HasIndex(r => new { r.State, r.AnswerBy }); // the sweeps read only what is due
        request.HasIndex(r => new { r.State, r.Closes });
        request.Property<DateTimeOffset?>(CustodyDb.StepDueAt);
        request.HasIndex(CustodyDb.StepDueAt);
        request.HasIndex(r => r.Customer);
        // one open window per account; State is in it so that EF ends one before it opens the other
        request.HasIndex(r => new { r.Account, r.State }).IsUnique().HasFilter("\"State\" = 3");
        request.Ignore(r => r.Window).Ignore(r => r.Name).Ignore(r => r.IsOver).Ignore(r => r.IsCleanlyClosed);
        request.Ignore(r => r.AwaitsContact).Ignore(r => r.AwaitsDuty).Ignore(r => r.BothInHand);
        request.Ignore(r => r.NextStepAt).Ignore(r => r.IsSettled).Ignore(r => r.IsPasswordLost);
        request.Ignore(r => r.IsScheduled).Ignore(r => r.Groups).Ignore(r => r.GoesToContacts);
        Persons(request);
    }

    /// <summary>Of those that are there, no two are the same.</summary>
    private static string AllDiffer(string[] columns) =>
        string.Join(
            " AND ",
            columns.SelectMany((one, at) => columns.Skip(at + 1).Select(other => $"\"{one}\" <> \"{other}\""))
        );

    /// <summary>Who denied, who stepped back, and who is named as the danger.</summary>
    private static void Persons(EntityTypeBuilder<Request> request)
    {
        request.OwnsMany(
            r => r.Named,
            named =>
            {
                named.ToTable("NamedDangers");
                named.WithOwner().HasForeignKey("Request");
                named.HasKey("Request", nameof(NamedDanger.Person));
            }
        );
        request.OwnsMany(
            r => r.StepBacks,
            stepBack =>
            {
                stepBack.ToTable("StepBacks");
                stepBack.WithOwner().HasForeignKey("Request");
                stepBack.HasKey("Request", nameof(StepBack.Person), nameof(StepBack.At));
            }
        );
        request.OwnsMany(
            r => r.Denials,
            denial =>
            {
                denial.ToTable("Denials");
                denial.WithOwner().HasForeignKey("Request");
                denial.HasKey("Request", nameof(Denial.Person));
                denial.Property(d => d.Reason).HasMaxLength(Denial.LongestReason);
            }
        );
    }
}

internal sealed class StepUpRecordMapping : IEntityTypeConfiguration<StepUpRecord>
{
    public void Configure(EntityTypeBuilder<StepUpRecord> record)
    {
        record.ToTable("StepUps");
        record.HasKey(r => r.Person);
        record.Property(r => r.Person).ValueGeneratedNever();
        record.Property<int>(CustodyDb.Version).IsConcurrencyToken(); // a code counts once, on two nodes too
        record.ComplexProperty(r => r.Guesses).Named();
    }
}

internal static class GuessesMapping
{
    /// <summary>The columns are named like what they hold.</summary>
    public static void Named(this ComplexPropertyBuilder<Guesses> guesses)
    {
        guesses.Property(g => g.Wrong).HasColumnName(nameof(Guesses.Wrong));
        guesses.Property(g => g.NotBefore).HasColumnName(nameof(Guesses.NotBefore));
        guesses.Property(g => g.LockedUntil).HasColumnName(nameof(Guesses.LockedUntil));
    }
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.ToTable("Invitations");
        invitation.HasKey(i => i.Person);
        invitation.Property(i => i.Person).ValueGeneratedNever();
    }
}

internal sealed class LinkAttemptMapping : IEntityTypeConfiguration<LinkAttempt>
{
    public void Configure(EntityTypeBuilder<LinkAttempt> attempt)
    {
        attempt.ToTable("LinkAttempts");
        attempt.HasKey(a => new
        {
            a.Platform,
            a.Realm,
            a.User,
        });
        attempt.HasIndex(a => a.At);
        attempt.Property(a => a.Realm).HasMaxLength(100);
        attempt.Property(a => a.User).HasMaxLength(100);
        attempt.Property<int>(CustodyDb.Version).IsConcurrencyToken(); // guesses on two nodes count twice
        attempt.ComplexProperty(a => a.Guesses).Named();
    }
}

internal sealed class SeenRefusalMapping : IEntityTypeConfiguration<SeenRefusal>
{
    public void Configure(EntityTypeBuilder<SeenRefusal> refusal)
    {
        refusal.ToTable("Refusals");
        refusal.HasIndex(r => new { r.Person, r.At });
        refusal.HasIndex(r => r.At);
        refusal.Property(r => r.What).HasMaxLength(100);
    }
}

internal sealed class EnrolmentCodeMapping : IEntityTypeConfiguration<EnrolmentCode>
{
    public void Configure(EntityTypeBuilder<EnrolmentCode> code)
    {
        code.ToTable("EnrolmentCodes");
        code.HasKey(c => c.Person);
        code.Property(c => c.Person).ValueGeneratedNever();
    }
}

internal sealed class CardPlaceMapping : IEntityTypeConfiguration<CardPlace>
{
    public void Configure(EntityTypeBuilder<CardPlace> place)
    {
        place.ToTable("CardPlaces");
        place.HasIndex(p => new { p.Request, p.Purpose });
        place.HasIndex(p => p.Proposal);
        place.HasIndex(p => p.Device);
        place.HasIndex(p => p.Person);
        place.HasOne(p => p.ThreadOf).WithMany().HasForeignKey(p => p.ThreadOfId);
        place.Property(p => p.Why).HasMaxLength(CardPlace.LongestWhy);
        place.Ignore(p => p.Posted);
    }
}

internal sealed class ChatAddressMapping : IEntityTypeConfiguration<ChatAddress>
{
    public void Configure(EntityTypeBuilder<ChatAddress> address)
    {
        address.ToTable("ChatAddresses");
        address.HasKey(a => new
        {
            a.Bot,
            a.Platform,
            a.Realm,
            a.User,
        });
        address.Property(a => a.Realm).HasMaxLength(100);
        address.Property(a => a.User).HasMaxLength(100);
    }
}

internal sealed class OutboxRowMapping : IEntityTypeConfiguration<OutboxRow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> row)
    {
        row.ToTable("Outbox");
        row.Property(r => r.Card)
            .HasConversion(card => JsonSerializer.Serialize(card, JsonSerializerOptions.Default), text => CardOf(text));
        row.Property(r => r.Claim).IsConcurrencyToken();
        row.Property(r => r.LastCode).HasMaxLength(OutboxRow.LongestCode);
        row.HasOne(r => r.Place).WithMany().HasForeignKey(r => r.PlaceId);
        row.HasIndex(r => new
        {
            r.SentAt,
            r.Parked,
            r.Bot,
            r.DueAt,
        });
    }

    private static Card CardOf(string text)
    {
        try
        {
            return
                JsonSerializer.Deserialize<Card>(text, JsonSerializerOptions.Default)
                    is { Title: not null, Lines: not null, Facts: not null, Choices: not null } card
                ? card
                : OutboxRow.Unreadable;
        }
        catch (JsonException)
        {
            return OutboxRow.Unreadable;
        }
    }
}

internal sealed class SeenClickMapping : IEntityTypeConfiguration<SeenClick>
{
    public void Configure(EntityTypeBuilder<SeenClick> seen)
    {
        seen.ToTable("SeenClicks");
        seen.HasKey(s => s.Key);
        seen.Property(s => s.Key).HasMaxLength(200);
        seen.HasIndex(s => s.At);
    }
}

internal sealed class AuditRowMapping : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> row)
    {
        row.ToTable("Audit");
        row.HasIndex(r => r.Sequence).IsUnique();
        row.Property(r => r.Hash).HasMaxLength(64);
        row.Property(r => r.Previous).HasMaxLength(64);
        row.Ignore(r => r.Sequenced);
    }
}

internal sealed class RevealHoldMapping : IEntityTypeConfiguration<RevealHold>
{
    public void Configure(EntityTypeBuilder<RevealHold> hold)
    {
        hold.ToTable("RevealHolds");
        hold.HasKey(h => new { h.Half, h.Journal });
    }
}

internal sealed class PolicyOverrideMapping : IEntityTypeConfiguration<PolicyOverride>
{
    public void Configure(EntityTypeBuilder<PolicyOverride> set)
    {
        set.ToTable("PolicyOverrides");
        set.HasKey(o => new
        {
            o.Scope,
            o.Key,
            o.Setting,
        });
        set.Property(o => o.Key).HasMaxLength(100);
        set.Property(o => o.Setting).HasMaxLength(50);
        set.Property(o => o.Value).HasMaxLength(PolicyOverride.LongestValue);
    }
}

internal sealed class ProposalMapping : IEntityTypeConfiguration<Proposal>
{
    public void Configure(EntityTypeBuilder<Proposal> proposal)
    {
        // law 15: nothing is made without two different administrators.
        // Not "Proposals": that table held those of an earlier version, which nobody could confirm
        proposal.ToTable(
            "ChangeProposals",
            t =>
            {
                t.HasCheckConstraint("CK_ChangeProposals_TwoPeople", "\"First\" <> \"Second\"");
                t.HasCheckConstraint(
                    "CK_ChangeProposals_MadeByTwo",
                    "\"State\" <> 3 OR (\"First\" IS NOT NULL AND \"Second\" IS NOT NULL)"
                );
            }
        );
        proposal.Property(p => p.Id).ValueGeneratedNever();
        proposal.Property<int>(CustodyDb.Version).IsConcurrencyToken(); // law 9
        proposal.HasIndex(p => new { p.State, p.Expires }); // the sweep reads only what is due
        proposal.Property(p => p.Why).HasMaxLength(2000);
        proposal.Ignore(p => p.Name);
        proposal.OwnsMany(
            p => p.Concerned,
            concerned =>
            {
                concerned.ToTable("ConcernedPersons");
                concerned.WithOwner().HasForeignKey("Proposal");
                concerned.HasKey("Proposal", nameof(ConcernedPerson.Person));
            }
        );
    }
}
