using System.ComponentModel.DataAnnotations;

namespace RootCustody.Couriers.Passwords;

/// <summary>What passwords are made like. AWS takes 8 to 128 characters of at least three kinds; here it is always all four.</summary>
public sealed class PasswordRules
{
    public const int Shortest = 16;
    public const int Longest = 128;

    /// <summary>In characters, 16 to 128; 32 by default.</summary>
    [Range(Shortest, Longest)]
    public int Length { get; set; } = 32;

    /// <summary>Leaves out what people confuse when they read it from one screen and type it on another: 0 O 1 l I |. True by default.</summary>
    public bool NoLookalikes { get; set; } = true;
}
