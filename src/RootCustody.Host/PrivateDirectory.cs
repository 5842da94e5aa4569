namespace RootCustody.Host;

/// <summary>A directory that only the account of this process may look into.</summary>
internal static class PrivateDirectory
{
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path); // inherits the rights of its parent
        else if (!Directory.Exists(path))
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
