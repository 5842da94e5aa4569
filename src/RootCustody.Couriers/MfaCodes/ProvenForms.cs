using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>Forms about devices that their sender proves themselves by.</summary>
internal static class ProvenForms
{
    /// <returns>The same form with what is wrong with the code of their own authenticator; null if it is right, and used up.</returns>
    public static async Task<Reply?> WhyNotProvenAsync(
        this IStepUp stepUp,
        Person person,
        Click click,
        Form form,
        CancellationToken cancellationToken
    )
    {
        var proof = await stepUp.CheckAsync(person.Id, click.TextOf(DeviceForms.Code), cancellationToken);
        return proof == StepUpOutcome.Passed ? null : DeviceForms.Wrong(form, DeviceForms.Code, Sentences.For(proof));
    }

    /// <summary>What stands in a field, without the blanks around it.</summary>
    public static string TextOf(this Click click, string field) => click.Inputs.GetValueOrDefault(field, "").Trim();
}
