using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RootCustody.Chat;
using RootCustody.Reveals;
using RootCustody.Teams.Drawing;

namespace RootCustody.Teams;

/// <summary>The dialog of one person, answered once by the response to their own submit. The half is written from its bytes straight into that response.</summary>
internal sealed class TeamsDialogSurface(HttpContext context) : RevealSurface
{
    /// <summary>Whether the response has been used up.</summary>
    public bool Used { get; private set; }

    public override async Task<RevealOutcome> ShowAsync(Showing showing, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
            return RevealOutcome.NotShown;
        Used = true;
        try
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            await using (var json = new Utf8JsonWriter(context.Response.BodyWriter))
                Write(json, showing);
            await context.Response.CompleteAsync();
            return context.RequestAborted.IsCancellationRequested ? RevealOutcome.MaybeShown : RevealOutcome.Shown;
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            return RevealOutcome.MaybeShown; // some of it may have arrived
        }
    }

    /// <summary>The host can neither close nor change a dialog.</summary>
    public override bool CanRemove => false;

    public override Task<Removal> RemoveAsync(CancellationToken cancellationToken) => Task.FromResult(Removal.LeftOpen);

    private static void Write(Utf8JsonWriter json, Showing showing)
    {
        json.WriteStartObject();
        json.WriteStartObject("task");
        json.WriteString("type", "continue");
        json.WriteStartObject("value");
        json.WriteString("title", showing.Title);
        json.WriteString("height", "medium");
        json.WriteString("width", "medium");
        json.WriteStartObject("card");
        json.WriteString("contentType", AdaptiveCards.ContentType);
        json.WriteStartObject("content");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.5");
        json.WriteStartArray("body");
        WriteText(json, showing.Sentence + " Close this dialog then: it cannot close itself.");
        foreach (var line in showing.Lines)
        {
            WriteText(json, line.Label);
            if (line.Scan is { } qr)
                WriteScan(json, qr);
            WriteSecret(json, line.Value);
        }
        json.WriteEndArray();
        WriteActions(json, showing.Hide);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A TextRun is literal: no Markdown eats a symbol of the half.</summary>
    private static void WriteSecret(Utf8JsonWriter json, Secret secret)
    {
        json.WriteStartObject();
        json.WriteString("type", "RichTextBlock");
        json.WriteStartArray("inlines");
        json.WriteStartObject();
        json.WriteString("type", "TextRun");
        json.WriteString("text", secret.Bytes);
        json.WriteString("fontType", "Monospace");
        json.WriteString("size", "Large");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteScan(Utf8JsonWriter json, QrMatrix qr)
    {
        using var picture = QrPng.Draw(qr);
        json.WriteStartObject();
        json.WriteString("type", "Image");
        json.WritePropertyName("url");
        json.WriteRawValue(picture.Bytes, skipInputValidation: true);
        json.WriteString("altText", "QR code for an authenticator app");
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "RichTextBlock");
        json.WriteStartArray("inlines");
        json.WriteStartObject();
        json.WriteString("type", "TextRun");
        json.WriteString("text", text);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteActions(Utf8JsonWriter json, Choice hide)
    {
        json.WriteStartArray("actions");
        json.WriteStartObject();
        json.WriteString("type", "Action.Submit");
        json.WriteString("title", hide.Action == Actions.Hide ? "I have it" : hide.Label);
        json.WriteStartObject("data");
        json.WriteString(CardData.Action, hide.Action);
        json.WriteString(CardData.Subject, hide.Subject);
        if (hide.Asks)
            json.WriteString(CardData.Asks, "true");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
