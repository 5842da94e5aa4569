using RootCustody.Chat;
using RootCustody.People;

namespace RootCustody.Couriers.Handovers;

/// <summary>What can be pressed at one courier's bot besides what both have.</summary>
public interface ICourierClicks
{
    Half Half { get; }

    /// <returns>Null if it is none of these.</returns>
    Task<Reply?> AnswerAsync(Person person, Click click, CancellationToken cancellationToken);
}
