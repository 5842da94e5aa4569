using System.Buffers;
using System.Security.Cryptography;

namespace RootCustody.Host.Verbs;

/// <summary>Reads a secret from the keyboard without echo, or a line of standard input, without making a string of it.</summary>
internal static class SecretPrompt
{
    private const int Longest = 1024;

    public static Secret Read(string prompt)
    {
        var typed = ArrayPool<char>.Shared.Rent(Longest);
        try
        {
            var length = Console.IsInputRedirected ? ReadLine(typed) : ReadKeys(prompt, typed);
            return Secret.OfText(typed.AsSpan(0, length));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(typed.AsSpan()));
            ArrayPool<char>.Shared.Return(typed);
        }
    }

    private static int ReadLine(char[] into)
    {
        var length = 0;
        for (var letter = Console.In.Read(); letter is not (-1 or '\n'); letter = Console.In.Read())
        {
            if (letter != '\r' && length < Longest)
                into[length++] = (char)letter;
        }
        return length;
    }

    private static int ReadKeys(string prompt, char[] into)
    {
        Console.Error.Write(prompt);
        var length = 0;
        for (
            var key = Console.ReadKey(intercept: true);
            key.Key != ConsoleKey.Enter;
            key = Console.ReadKey(intercept: true)
        )
        {
            if (key.Key == ConsoleKey.Backspace)
                length = Math.Max(0, length - 1);
            else if (key.KeyChar != '\0' && length < Longest)
                into[length++] = key.KeyChar;
        }
        Console.Error.WriteLine();
        return length;
    }
}
