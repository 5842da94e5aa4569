using System.Text.Json;
using RootCustody.Desk.Proofs;
using RootCustody.Proofs;

namespace RootCustody.Host.Verbs;

/// <summary>Reads the files of a trail that somebody has fetched, and the signatures beside them.</summary>
internal static class TrailFolder
{
    public const string SignatureEnding = ".sig";
    private const int LongestSignature = 4096;
    private const int MostFiles = 10_000;

    /// <returns>Null if they could not be read, which was told.</returns>
    public static List<TrailFile>? Read(IEnumerable<string> paths, int most = Inflated.MostBytes)
    {
        List<TrailFile> files = [];
        foreach (var path in paths.SelectMany(Files))
        {
            if (Read(path, most) is not { } file)
                return null;
            most -= file.Content.Length;
            files.Add(file);
            if (files.Count > MostFiles)
            {
                Verb.Tell(
                    $"These are more than {MostFiles} files. Bring the log files of the hour of the change, and their digest."
                );
                return null;
            }
        }
        if (files.Count > 0)
            return files;
        Verb.Tell("There is no file in it.");
        return null;
    }

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path)
            ? Directory
                .EnumerateFiles(path)
                .Where(f => !f.EndsWith(SignatureEnding, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
            : [path];

    private static TrailFile? Read(string path, int most)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var stream = File.OpenRead(path);
            if (Inflated.Read(stream, most) is { } content)
                return new TrailFile(name, content, SignatureOf(path));
            Verb.Tell(
                $"{name}: with it the files come to more than {Inflated.MostBytes / 1024 / 1024} MB. Bring the log files of the hour of the change, and their digest."
            );
        }
        catch (InvalidDataException)
        {
            Verb.Tell($"{name}: its gzip is broken. Fetch it again.");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            Verb.Tell($"{path}: there is no such file, or it cannot be read.");
        }
        return null;
    }

    private static string? SignatureOf(string path)
    {
        var file = new FileInfo(path + SignatureEnding);
        return file is { Exists: true, Length: <= LongestSignature } ? File.ReadAllText(file.FullName) : null;
    }

    /// <summary>Keys out of what <c>aws cloudtrail list-public-keys</c> printed.</summary>
    /// <returns>Null if it is something else, which was told.</returns>
    public static List<TrailKey>? Keys(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(Inflated.Read(stream, 1024 * 1024) ?? []);
            List<TrailKey> keys = [];
            foreach (var key in document.RootElement.GetProperty("PublicKeyList").EnumerateArray())
                keys.Add(
                    TrailKey.Of(
                        key.GetProperty("Fingerprint").GetString() ?? "",
                        key.GetProperty("Value").GetString() ?? "",
                        Moment(key.GetProperty("ValidityStartTime")),
                        Moment(key.GetProperty("ValidityEndTime"))
                    )
                );
            return keys;
        }
        catch (Exception broken)
            when (broken
                    is InvalidDataException
                        or IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
            )
        {
            Verb.Tell($"{path}: it is not what aws cloudtrail list-public-keys --output json prints.");
            return null;
        }
    }

    /// <summary>Version 2 of the AWS CLI prints a moment as a text, version 1 as a number.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    private static DateTimeOffset Moment(JsonElement moment) =>
        moment.ValueKind == JsonValueKind.Number
            ? TrailKey.ReadEpoch(moment.GetRawText()) ?? throw new FormatException()
            : moment.GetDateTimeOffset();
}
