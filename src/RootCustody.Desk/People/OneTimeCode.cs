using System.Security.Cryptography;

namespace RootCustody.Desk.People;

/// <summary>A code that a person uses once, and that comes to them another way than by the chat account that it secures. Only its hash is kept.</summary>
public sealed class OneTimeCode
{
    // no letter that reads like a digit; 32 of them, so that each carries 5 bits without bias
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int Length = 20;

    private OneTimeCode(string text, string use)
    {
        Text = text;
        Use = use;
    }

    /// <summary>In groups of five; 100 bits in all.</summary>
    public string Text { get; }

    /// <summary>What the person does with it, in a sentence.</summary>
    public string Use { get; }

    /// <summary>Never the code: it must not get into a log by being printed.</summary>
    public override string ToString() => "(one-time code)";

    internal static OneTimeCode New(string use)
    {
        var letters = RandomNumberGenerator.GetString(Alphabet, Length);
        return new OneTimeCode(string.Join('-', letters.Chunk(5).Select(part => new string(part))), use);
    }
}
