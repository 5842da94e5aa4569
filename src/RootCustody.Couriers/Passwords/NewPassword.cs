using System.Security.Cryptography;

namespace RootCustody.Couriers.Passwords;

/// <summary>A password that no account ever had.</summary>
public sealed class NewPassword(PasswordMaker maker, BookPassword book)
{
    // a sound source needs one
    private const int MostTries = 3;

    /// <param name="generation">The generation that it is meant for.</param>
    /// <exception cref="CryptographicException">The random source makes the same again and again.</exception>
    /// <exception cref="Vault.VaultException">The vault could not make its fingerprint.</exception>
    public async Task<Secret> MakeAsync(AccountId account, int generation, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var made = maker.Make();
            try
            {
                if (await book.HandleAsync(account, generation, made, cancellationToken) is null)
                    return Interlocked.Exchange(ref made, null)!;
            }
            finally
            {
                made?.Dispose();
            }
        }
        throw new CryptographicException("The random source makes passwords that were made before; none was taken.");
    }
}
