using System.Text;
using RootCustody.Desk.People;

namespace RootCustody.Tests.Desk.People;

/// <summary>Files with one thing wrong in them: the line, the sentence, and an empty database afterwards.</summary>
public sealed class ImportErrorTests
{
    [Theory]
    [InlineData(
        "\"Paul Price\", \"slack\"",
        "\"Paul Price\", \"nick\": \"pp\", \"slack\"",
        "line 8: person paul cannot have the field \"nick\". It takes: key, name, customer, slack, teams, roles, dutyManager."
    )]
    [InlineData(
        "\"Paul Price\", \"slack\"",
        "\"Paul Price\", \"x1 y\": \"pp\", \"slack\"",
        "line 8: person paul cannot have this field. It takes: key, name, customer, slack, teams, roles, dutyManager."
    )]
    [InlineData(
        "\"name\": \"Dora Dienst\"",
        "\"name\": \"Dora\", \"name\": \"Dienst\"",
        "line 13: the field \"name\" stands here for the second time. Keep one of the two."
    )]
    [InlineData("\"name\": \"Dora Dienst\", ", "", "line 13: person dora has no \"name\". Add it.")]
    [InlineData(
        "\"Dora Dienst\"",
        "\" \"",
        "line 13: person dora: \"name\" must be a name of 1 to 200 visible characters."
    )]
    [InlineData(
        "\"Dora Dienst\"",
        "\"Dora\\u202ED\"",
        "line 13: person dora: \"name\" must be a name of 1 to 200 visible characters."
    )]
    [InlineData(
        "\"Dora Dienst\"",
        "\"Dora\\ud800\"",
        "line 13: this text has half of a character in it (a lone \\ud800 to \\udfff). Write it again."
    )]
    [InlineData(
        "\"Dora Dienst\"",
        "null",
        "line 13: person dora: \"name\" must be a name of 1 to 200 visible characters."
    )]
    [InlineData(
        "\"dutyManager\": true",
        "\"dutyManager\": \"yes\"",
        "line 13: person dora: \"dutyManager\" must be true or false, without quotes."
    )]
    [InlineData(
        "\"key\": \"dora\"",
        "\"key\": \"Dora!\"",
        "line 13: this person: \"key\" must be 1 to 63 lower-case letters, digits and dashes, and not begin with a dash."
    )]
    [InlineData(
        "\"key\": \"dora\"",
        "\"key\": \"paul\"",
        "line 13: person paul was on line 8 already. Keep one of the two."
    )]
    [InlineData(
        "\"T0PROVIDER\", \"user\": \"U0PAUL\"",
        "\"T0PROVIDER\", \"user\": \"paul\"",
        "line 8: a Slack identity: \"user\" must be the id of a Slack user (U or W and capital letters and digits), not a name or an e-mail address."
    )]
    [InlineData(
        "\"AAAAAAAA-2222-3333-4444-555555555555\"",
        "\"mona@provider.example\"",
        "line 11: a Teams identity: \"user\" must be the Entra object id of the user, a GUID such as 00000000-1111-2222-3333-444444444444."
    )]
    [InlineData(
        "[\"T0ZETA\"]",
        "[\"zeta.slack.com\"]",
        "line 5: customer zeta: each of \"slackWorkspaces\" must be the id of a Slack workspace (T and capital letters and digits) or organisation (E ...)."
    )]
    [InlineData("[\"T0ZETA\"]", "\"T0ZETA\"", "line 5: customer zeta: \"slackWorkspaces\" must be a list [ ... ].")]
    [InlineData(
        "[\"T0ZETA\"]",
        "[\"T0ZETA\", \"T0ZETA\"]",
        "line 5: workspace T0ZETA is listed twice here. Keep one of the two."
    )]
    [InlineData(
        "[\"paul\", \"petra\"]",
        "[\"paul\", \"petra\", \"paul\"]",
        "line 17: person paul is listed twice here. Keep one of the two."
    )]
    [InlineData(
        ", \"members\": [\"mona\", \"mike\"]",
        "",
        "line 18: group mfa-a has no \"members\". Add it; it may be an empty list."
    )]
    [InlineData(
        "\"keeps\": \"mfa\"",
        "\"keeps\": \"both\"",
        "line 18: group mfa-a: \"keeps\" must be \"password\" or \"mfa\": the half that the group keeps."
    )]
    [InlineData(
        "\"123456789012\"",
        "\"12345678901\"",
        "line 21: this account: \"number\" must be the 12 digits of AWS, for an IAM user with a slash and the name of the user after them, in quotes."
    )]
    [InlineData(
        "\"123456789012\"",
        "123456789012",
        "line 21: this account: \"number\" must be the 12 digits of AWS, for an IAM user with a slash and the name of the user after them, in quotes."
    )]
    [InlineData(
        "aws+acme@provider.example",
        "aws+acme",
        "line 21: account 123456789012: \"email\" must be the e-mail address of the root user."
    )]
    [InlineData(
        "\"customer\": \"acme\", \"passwordGroup\"",
        "\"customer\": \"acne\", \"passwordGroup\"",
        "line 21: account 123456789012 is of customer acne, which does not exist. Add that customer or correct the key."
    )]
    [InlineData("\"customer\": \"acme\", \"slack\"", "\"customer\": \"acne\"", null)]
    [InlineData(
        "\"passwordGroup\": \"passwords-a\"",
        "\"passwordGroup\": \"passwords-b\"",
        "line 21: the password half of account 123456789012 is for group passwords-b, which does not exist. Add that group or correct the key."
    )]
    [InlineData("\"mfaGroup\": \"mfa-a\"", "\"mfaGroup\": \"passwords-a\"", null)]
    [InlineData(
        "[\"mona\", \"mike\"]",
        "[\"mona\", \"mick\"]",
        "line 18: group mfa-a has the member mick, who does not exist. Add that person or correct the key."
    )]
    [InlineData("\"provider\": {", "\"provider\": 7, \"x\": {", null)]
    [InlineData(
        "\"accounts\": [",
        "\"accounts\": [ 7,",
        "line 20: the file: each of \"accounts\" must be an object { ... }."
    )]
    [InlineData(
        "\"T0ACME\"], \"teamsTenants\": []",
        "\"T0ACME\"], \"teamsTenants\": [],",
        "line 4: the JSON breaks here. Look for a comma, quote or bracket that is missing or too many, and for comments, which are not allowed."
    )]
    [InlineData(
        "\"accounts\": [",
        "// ours\n\"accounts\": [",
        "line 20: the JSON breaks here. Look for a comma, quote or bracket that is missing or too many, and for comments, which are not allowed."
    )]
    [InlineData("\"accounts\": [", "\"accounts\": [[[[[[[[[[[[", null)]
    public async Task A_wrong_file_is_refused_with_its_line(string old, string becomes, string? error)
    {
        await using var db = await TestDb.NewAsync();
        var before = await db.DigestAsync();

        var errors = Imports.Errors(await db.ImportAsync(Imports.With(old, becomes)));

        if (error is not null)
            Assert.Equal([error], errors);
        Assert.NotEmpty(errors);
        Assert.All(errors, e => Assert.Matches(@"^line \d+: .+\.$", e));
        Assert.Equal(before, await db.DigestAsync());
    }

    [Theory]
    [InlineData("password")]
    [InlineData("rootPassword")]
    [InlineData("passwort")]
    [InlineData("PassWord")]
    [InlineData("pass_word")]
    [InlineData("\\u0070assword")]
    [InlineData("seed")]
    [InlineData("mfaSeed")]
    [InlineData("totp")]
    [InlineData("otpauth")]
    [InlineData("client-secret")]
    [InlineData("slackToken")]
    [InlineData("recoveryCodes")]
    [InlineData("passwordgroup")]
    [InlineData("passwordGroups")]
    public async Task A_field_that_sounds_like_a_secret_refuses_the_file_and_is_not_quoted(string field)
    {
        await using var db = await TestDb.NewAsync();
        var file = Imports.With(
            "\"Acme production\",",
            $"\"Acme production\",\n\"{field}\": {{ \"deep\": [\"Hunter22\"] }},"
        );

        var errors = Imports.Errors(await db.ImportAsync(file));

        var error = Assert.Single(errors);
        Assert.StartsWith("line 22: this field's name says that it holds a secret.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Hunter22", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_deep_in_an_unknown_field_is_found()
    {
        await using var db = await TestDb.NewAsync();
        var file = Imports.With("\"Acme production\",", "\"Acme production\", \"more\": [{ \"seed\": \"JBSWY3DP\" }],");

        var errors = Imports.Errors(await db.ImportAsync(file));

        Assert.Contains(errors, e => e.Contains("holds a secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_seed_in_a_harmless_field_refuses_the_file()
    {
        await using var db = await TestDb.NewAsync();
        var file = Imports.With("Acme production", "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP");

        var errors = Imports.Errors(await db.ImportAsync(file));

        Assert.StartsWith("line 21: this text is the seed of an authenticator.", errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("name")]
    [InlineData("customer")]
    public async Task A_value_in_the_wrong_place_is_not_quoted(string field)
    {
        await using var db = await TestDb.NewAsync();
        var file = $$"""{ "persons": [{ "{{field}}": "Tr0ub4dor&3\n", "Tr0ub4dor&3": "Tr0ub4dor&3" }] }""";

        var errors = Imports.Errors(await db.ImportAsync(file));

        Assert.DoesNotContain("Tr0ub4dor", string.Concat(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_are_told_together_in_the_order_of_their_lines()
    {
        await using var db = await TestDb.NewAsync();
        var file = Imports
            .With("[\"mona\", \"mike\"]", "[\"mona\", \"mick\"]")
            .Replace("\"dutyManager\": true", "\"dutyManager\": 1", StringComparison.Ordinal)
            .Replace("[\"T0ZETA\"]", "[7]", StringComparison.Ordinal);

        var errors = Imports.Errors(await db.ImportAsync(file));

        Assert.Equal(
            ["line 5", "line 13", "line 18"],
            [.. errors.Select(e => e[..e.IndexOf(':', StringComparison.Ordinal)])]
        );
    }

    [Fact]
    public async Task No_more_than_fifty_errors_are_told()
    {
        await using var db = await TestDb.NewAsync();
        var persons = string.Join(",\n", Enumerable.Range(0, 80).Select(i => $$"""{ "key": "p{{i}}" }"""));

        var errors = Imports.Errors(await db.ImportAsync($$"""{ "persons": [{{persons}}] }"""));

        Assert.Equal(50, errors.Count);
        Assert.Equal("line 50: person p49 has no \"name\". Add it.", errors[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    [InlineData("{} {}")]
    [InlineData("{\"persons\": [}")]
    [InlineData("{,}")]
    public async Task What_is_no_json_is_refused(string file)
    {
        await using var db = await TestDb.NewAsync();

        var error = Assert.Single(Imports.Errors(await db.ImportAsync(file)));

        Assert.Contains("the JSON breaks here", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    public async Task What_is_no_object_is_refused(string file)
    {
        await using var db = await TestDb.NewAsync();

        Assert.Equal(["line 1: the file must be one JSON object { ... }."], Imports.Errors(await db.ImportAsync(file)));
    }

    [Fact]
    public async Task What_is_no_utf8_is_refused_with_the_line_of_the_first_bad_byte()
    {
        await using var db = await TestDb.NewAsync();
        var file = Encoding.Latin1.GetBytes(Imports.With("Mike Meyer", "Mike Müller"));

        var errors = Imports.Errors(await db.ImportAsync(file));

        Assert.Equal(["line 12: this is not UTF-8 text. Save the file as UTF-8."], errors);
    }

    [Fact]
    public async Task A_file_of_more_than_5_MB_is_refused()
    {
        await using var db = await TestDb.NewAsync();

        var errors = Imports.Errors(await db.ImportAsync(new string(' ', 5_000_000) + "{}"));

        Assert.StartsWith("line 1: the file is larger than 5 MB.", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_object_is_a_file_that_asks_for_nothing()
    {
        await using var db = await TestDb.NewAsync();

        Assert.Equal(0, Assert.IsType<Import.Done>(await db.ImportAsync("{}")).Counts.Total);
    }
}
