namespace RootCustody.Couriers.Vault;

/// <summary>What stands in the place of a sealed file that was destroyed: "RCS" and a zero, and no secret.</summary>
/// <remarks>Not sealed: whoever can write it can remove the file as well, and nothing is believed because of it but that nothing is there.</remarks>
internal static class Tombstone
{
    public static ReadOnlySpan<byte> Content => "RCS\0"u8;

    public static bool Is(ReadOnlySpan<byte> file) => file.SequenceEqual(Content);
}
