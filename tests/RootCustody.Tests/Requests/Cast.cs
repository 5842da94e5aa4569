using RootCustody.Accounts;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Tests.Requests;

/// <summary>It is always Noon; Rita requests, Paul and Pia keep passwords, Mona and Max keep MFA, Dora is on duty.</summary>
internal static class Cast
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    public static readonly Policy Defaults = new();
    public static readonly PersonId Rita = PersonId.New(Noon);
    public static readonly PersonId Paul = PersonId.New(Noon);
    public static readonly PersonId Pia = PersonId.New(Noon);
    public static readonly PersonId Mona = PersonId.New(Noon);
    public static readonly PersonId Max = PersonId.New(Noon);
    public static readonly PersonId Dora = PersonId.New(Noon);

    public static readonly ClosingAnswer Clean = new(true, "", "Restored the administrator.");

    public static DateTimeOffset At(int minutes) => Noon.AddMinutes(minutes);

    public static Account AnAccount()
    {
        var account = Account.Of(
            "111111111111",
            "Shop",
            "root@shop.example",
            CustomerId.New(Noon),
            GroupId.New(Noon),
            GroupId.New(Noon),
            Noon
        );
        account.TakePassword(1, Defaults, Noon);
        account.TakeDevice(1);
        return account;
    }

    /// <param name="start">Null is an emergency.</param>
    public static Ask AnAsk(Account account, DateTimeOffset? start = null, TimeSpan? length = null) =>
        new(
            account.Id,
            RootTask.Catalogue[0],
            "The administrator is locked out.",
            "T-1",
            start,
            length ?? TimeSpan.FromHours(1),
            []
        );

    public static Request AskedBy(PersonId requester, DateTimeOffset? start = null, TimeSpan? length = null)
    {
        var account = AnAccount();
        return Request.Of(AnAsk(account, start, length), account, requester, Defaults, Noon);
    }

    public static Request ARotation(Account? account = null) =>
        Request.Rotation(account ?? AnAccount(), Defaults, Noon);

    public static Standing Keeper(PersonId person, Half half) => new(person, half);

    public static Standing Outsider(PersonId person) => new(person, null);

    public static Standing OnDuty(PersonId person) => new(person, null, IsDutyManager: true);

    public static Standing Contact(PersonId person) => new(person, null, OfCustomer: true);

    /// <summary>Paul and Mona approve.</summary>
    public static Request Approved(this Request request)
    {
        request.Approve(Keeper(Paul, Half.Password), Noon);
        request.Approve(Keeper(Mona, Half.Mfa), Noon);
        return request;
    }

    public static Opening OpenedAt(this Request request, DateTimeOffset now, Request? other = null) =>
        request.Open(
            new Dictionary<Half, Standing>
            {
                [Half.Password] = Keeper(Paul, Half.Password),
                [Half.Mfa] = Keeper(Mona, Half.Mfa),
            },
            other,
            now
        );

    /// <summary>Paul holds the password and Mona the MFA of an open window.</summary>
    public static Request Opened(this Request request)
    {
        request.Approved().OpenedAt(request.Start);
        return request;
    }

    /// <summary>Each holder of an open window was shown their half.</summary>
    public static Request InHand(this Request request)
    {
        request.InHand(Half.Password, request.Opens!.Value);
        request.InHand(Half.Mfa, request.Opens!.Value);
        return request;
    }

    /// <summary>An emergency that names people as the danger.</summary>
    public static Request Naming(params PersonId[] named)
    {
        var account = AnAccount();
        return Request.Of(AnAsk(account) with { Named = named }, account, Rita, Defaults, Noon);
    }

    /// <summary>Planned for an hour later; a second contact and a duty manager have to approve too.</summary>
    public static Request Strict()
    {
        var account = AnAccount();
        var policy = new Policy { CustomerApprover = true, DutyTasks = RootTask.Catalogue[0].Id };
        return Request.Of(AnAsk(account, At(60)), account, Rita, policy, Noon);
    }

    public static Request ADrill(PersonId? by) => Request.Drill(AnAccount(), by, Defaults, Noon);
}
